import assert from 'node:assert/strict';
import { test } from 'node:test';

const { cardsOf, eventOf, fits, rowsOf } = await import('../js/stacks.js');

const note = (id, more = {}) => ({
  id, stack: 'handwritten_note:fair', minutes: 10, planned_on: null, snoozed_until: null,
  encounter_id: `met-${id}`, contact_id: `who-${id}`, ...more,
});
const shape = (rows) => rows.map((row) => ('tasks' in row ? row.tasks.map(({ id }) => id) : row.id));

test('three or more of one action from one event are one row, where the first of them stood', () => {
  const other = note('x', { stack: null });
  assert.deepEqual(shape(rowsOf([note('a'), other, note('b'), note('c')])), [['a', 'b', 'c'], 'x']);
  assert.deepEqual(shape(rowsOf([note('a'), note('b')])), ['a', 'b']);
  const invites = ['d', 'e', 'f'].map((id) => note(id, { stack: 'linkedin_invite:fair' }));
  assert.deepEqual(shape(rowsOf([note('a'), ...invites, note('b')])), ['a', ['d', 'e', 'f'], 'b']);
});

test('what was snoozed by hand stays a row of its own', () => {
  const snoozed = note('c', { snoozed_until: '2026-11-24T19:00:00Z' });
  assert.deepEqual(shape(rowsOf([note('a'), note('b'), snoozed])), ['a', 'b', 'c']);
  assert.deepEqual(shape(rowsOf([note('a'), note('b'), snoozed, note('d')])), [['a', 'b', 'd'], 'c']);
});

test('so many fit until sundown and into an evening, those planned for it first', () => {
  const fifteen = Array.from({ length: 15 }, (_, index) => note(String(index)));
  assert.equal(fits(fifteen, 65, null).count, 6);
  assert.equal(fits(fifteen, 600, 30).count, 3);
  assert.equal(fits(fifteen, 600, null).count, 15);
  assert.equal(fits(fifteen, -5, null).count, 0);
  const planned = [note('a', { minutes: 50 }), note('b', { planned_on: '2026-11-24' })];
  const { count, of, ordered } = fits(planned, 20, null);
  assert.deepEqual([count, of, ordered[0].id], [1, 2, 'b']);
});

test('each person of an event is one card, whatever is to be done for them', () => {
  assert.equal(eventOf('handwritten_note:fair'), 'fair');
  assert.equal(eventOf(null), '');
  const tasks = [note('a'), note('a', { stack: 'linkedin_invite:fair' }), note('b'), note('c', { stack: null })];
  assert.deepEqual(cardsOf(tasks, 'fair').map(({ key }) => key), ['met-a/who-a', 'met-b/who-b']);
});
