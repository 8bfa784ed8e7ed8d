import assert from 'node:assert/strict';
import { test } from 'node:test';
import { search, words } from '../js/words.js';

const PEOPLE = [
  { id: 'dana', name: 'Dana Reyes', company: 'Northwind', how_met: 'At the PyData mixer', phones: ['+1 212 555 0142'] },
  { id: 'jose', name: 'José Łukasz', company: null, tags: ['ferries'], phones: [] },
  { id: 'brien', name: null, descriptor: "O'Brien, red scarf", company: 'Reyes and sons', emails: ['ob@mail.example'] },
];
const found = (typed) => search(PEOPLE, typed).map(({ id }) => id);

test('accents and case do not matter, and the last word is a beginning', () => {
  assert.deepEqual(found('jose luk'), ['jose']);
  assert.deepEqual(found('LUKASZ'), ['jose']);
  assert.deepEqual(found('dan'), ['dana']);
  assert.deepEqual(found('dan rey'), [], 'only the last one is');
});

test('every word is asked for, and who is called so comes first', () => {
  assert.deepEqual(found('rey'), ['dana', 'brien']);
  assert.deepEqual(found('reyes scarf'), ['brien']);
  assert.deepEqual(found('pydata'), ['dana']);
  assert.deepEqual(found('dana mixer'), ['dana']);
  assert.deepEqual(found('dana ferries'), []);
});

test('numbers, addresses and apostrophes are found in any spelling', () => {
  assert.deepEqual(found('12125550142'), ['dana']);
  assert.deepEqual(found('555 01'), ['dana']);
  assert.deepEqual(found('obrien'), ['brien']);
  assert.deepEqual(found("o'brien"), ['brien']);
  assert.deepEqual(found('ob@mail'), ['brien']);
});

test('what is no word finds nobody', () => {
  assert.deepEqual(found(''), []);
  assert.deepEqual(found(' *"() '), []);
  assert.deepEqual(words('C++ & 田中 🎉x'), ['c', '田', '中', '🎉', 'x']);
});
