import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laidOver, learned } from '../js/people-list.js';

const person = (id, day, more = {}) => ({ id, name: id, updated_at: `2026-11-${day}T10:00:00Z`, ...more });
const ids = (people) => people.map(({ id }) => id);
const contact = (method, target, body, more) => ({
  what: 'contact', method, target, path: target ? `/contacts/${target}` : '/contacts', body, state: 'queued', ...more,
});

test('what the server tells goes where it belongs', () => {
  const kept = [person('b', 20), person('a', 10)];
  assert.deepEqual(ids(learned(kept, [person('c', 15)])), ['b', 'c', 'a']);
  assert.deepEqual(ids(learned(kept, [person('a', 22)])), ['a', 'b']);
  assert.equal(learned([], [person('a', 10, { notes: 'long' })])[0].notes, undefined, 'only what a list shows');
});

test('whoever is missing from the top of the list is gone', () => {
  const kept = [person('b', 20), person('gone', 19), person('a', 10)];
  assert.deepEqual(ids(learned(kept, [person('b', 20), person('c', 15)], { top: true })), ['b', 'c', 'a']);
  assert.deepEqual(ids(learned(kept, [person('b', 20)], { top: true, whole: true })), ['b']);
  assert.deepEqual(learned(kept, [], { top: true, whole: true }), []);
});

test('what waits lies over the list', () => {
  const kept = [person('b', 20, { next_task: { id: 'task' } }), person('a', 10)];
  const made = contact('POST', '', { id: 'new', name: 'Bo' });
  const shown = laidOver(kept, [made, contact('PATCH', 'a', { company: 'Tern' }), contact('DELETE', 'b')]);
  assert.deepEqual(shown.map(({ id, company }) => [id, company]), [['new', undefined], ['a', 'Tern']]);
  const done = { what: 'task', target: 'task', verb: 'complete', state: 'queued' };
  assert.equal(laidOver(kept, [done])[0].next_task, null);
  assert.deepEqual(ids(laidOver(kept, [contact('DELETE', 'b', undefined, { state: 'parked' })])), ['b', 'a']);
});
