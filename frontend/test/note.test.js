import assert from 'node:assert/strict';
import { test } from 'node:test';
import { captureOp, current, newId, withOffset } from '../js/note.js';

test('an id is a UUID of version 7 and sorts by time', () => {
  const id = newId(1700000000000);
  assert.match(id, /^018bcfe5-6800-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(newId(1700000000000) < newId(1700000000001));
  assert.notEqual(newId(), newId());
});

test('a time keeps its instant and says the offset of the phone', () => {
  const date = new Date('2026-11-24T17:03:09.250Z');
  assert.match(withOffset(date), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.250[+-]\d\d:\d\d$/);
  assert.equal(Date.parse(withOffset(date)), date.getTime());
});

test('a capture says what the chips mean and leaves the text as it is', () => {
  const op = captureOp('  Dana \n red scarf', 'later', '');
  const { id, text, kind, round } = op.body;
  assert.deepEqual([text, kind, round, op.target], ['  Dana \n red scarf', 'interview', 2, id]);
  assert.ok(!('event' in op.body));
  assert.ok(!('round' in captureOp('x', 'social', '').body));
  assert.equal(captureOp('x', 'mixer', 'PyData mixer').body.event, 'PyData mixer');
});

test('what was chosen stays for twelve hours', () => {
  const habit = { choice: 'social', event: 'PyData mixer', at: 0 };
  assert.equal(current(habit, 12 * 3600000 - 1), habit);
  assert.deepEqual(current(habit, 12 * 3600000).choice, 'mixer');
  assert.equal(current(undefined, 5).event, '');
});
