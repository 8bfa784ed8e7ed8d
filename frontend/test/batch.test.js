import assert from 'node:assert/strict';
import { test } from 'node:test';

const { apart, batch } = await import('../js/batch.js');

test('one verb for many goes out in calls of at most a hundred, each with its way back', () => {
  const ids = Array.from({ length: 150 }, (_, index) => `task-${index}`);
  const ops = batch(ids, 'skip', { reason: 'Too much time has passed' });
  assert.deepEqual(ops.map((op) => op.body.ids.length), [100, 50]);
  assert.deepEqual(ops[1].body, { ids: ids.slice(100), do: 'skip', reason: 'Too much time has passed' });
  assert.deepEqual(ops[1].undo.body, { ids: ids.slice(100), do: 'reopen' });
  assert.notEqual(ops[0].id, ops[1].id);
  assert.deepEqual(batch([], 'skip'), []);
});

test('what was planned is unplanned, not reopened', () => {
  const [op] = batch(['a'], 'plan', { planned_on: '2026-11-24' });
  assert.deepEqual(op.undo.body, { ids: ['a'], do: 'plan', planned_on: null });
});

test('a refused batch goes on as single calls', () => {
  const [op] = batch(['a', 'b'], 'complete', { at: '2026-11-24T15:30:00Z', channel: 'email' });
  op.user = 'me';
  const { method, path, body, target, verb, user } = apart(op)[1];
  assert.deepEqual({ method, path, body, target, verb, user }, {
    method: 'POST', path: '/tasks/b/complete', body: { at: '2026-11-24T15:30:00Z', channel: 'email' },
    target: 'b', verb: 'complete', user: 'me',
  });
  const [plan] = apart(batch(['a'], 'plan', { planned_on: null })[0]);
  assert.deepEqual([plan.method, plan.path, plan.body], ['PATCH', '/tasks/a', { planned_on: null }]);
});
