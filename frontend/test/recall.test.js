import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recallOf } from '../js/recall.js';

const met = (more) => ({ people: [{ contact_id: 'dana', talked_about: null }], promises: [], ...more });

test('what to recall comes from the latest meeting that says it', () => {
  const last = met({ id: 'last', promises: [{ what: 'an article', by: 'mine' }, { what: 'a name', by: 'theirs' }] });
  const first = met({
    id: 'first', card_note: 'red scarf', talked_about: 'all of us',
    people: [{ contact_id: 'dana', talked_about: 'sails' }],
    promises: [{ what: 'kept', kept_at: '2026-01-01T00:00:00Z' }, { what: 'to someone else', contact_id: 'tom' }],
  });
  const known = recallOf({ id: 'dana', how_i_can_help: 'tests' }, [last, first]);
  assert.deepEqual([known.last.id, known.first.id, known.note, known.talked], ['last', 'first', 'red scarf', 'sails']);
  assert.deepEqual([known.mine, known.theirs, known.help], [['an article'], ['a name'], 'tests']);
});

test('nobody met is no error', () => {
  const known = recallOf({ id: 'dana' }, []);
  assert.deepEqual([known.last, known.first, known.note, known.mine], [null, null, null, []]);
});
