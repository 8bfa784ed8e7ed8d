import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merge, next, pause, verdict } from '../js/verdict.js';

const post = { method: 'POST' };

test('every answer has one meaning for the queue', () => {
  for (const [status, means] of Object.entries({
    200: 'sent', 201: 'sent', 204: 'sent', 401: 'signed-out', 412: 'changed', 403: 'park', 404: 'park', 409: 'park',
    413: 'park', 422: 'park', 408: 'later', 425: 'later', 429: 'later', 500: 'later', 503: 'later', 507: 'later',
  })) assert.equal(verdict(post, Number(status)), means, status);
});

test('what was deleted elsewhere is never made again, and deleting it once more is done', () => {
  assert.equal(verdict(post, 410), 'sent');
  assert.equal(verdict({ method: 'PATCH' }, 410), 'park');
  assert.equal(verdict({ method: 'DELETE' }, 404), 'sent');
});

test('pauses grow from a second or two to five minutes and are never equal for all', () => {
  assert.deepEqual([pause(1, 0), pause(1, 1), pause(2, 1), pause(30, 1)], [1000, 2000, 4000, 300000]);
  for (const chance of [0, 0.5, 0.99]) assert.ok(pause(9, chance) <= pause(9, 1));
});

test('edits merge by field, and of two texts neither is dropped', () => {
  const base = { name: 'Dana', notes: 'red scarf', emails: ['a@mail.example'], company: null };
  const theirs = { ...base, notes: 'red scarf, sails', emails: ['a@mail.example', 'b@mail.example'] };
  const mine = { notes: 'knows Ana', emails: ['c@mail.example'], company: 'Northwind' };
  assert.deepEqual(merge(base, mine, theirs), {
    notes: 'red scarf, sails\n\nknows Ana',
    emails: ['a@mail.example', 'b@mail.example', 'c@mail.example'],
    company: 'Northwind',
  });
  assert.deepEqual(merge(base, { notes: 'new' }, base), { notes: 'new' });
  assert.deepEqual(merge(base, { notes: null }, base), { notes: null });
  assert.deepEqual(merge(base, { notes: null }, theirs), { notes: 'red scarf, sails' });
  const longer = { notes: 'red scarf, sails and sings' };
  assert.deepEqual(merge(base, longer, theirs), longer);
});

test('of two lists of things each thing stays once, as I left it', () => {
  const base = { promises: [{ id: 1, what: 'a' }] };
  const mine = { promises: [{ id: 1, what: 'b' }, { what: 'new' }] };
  const theirs = { promises: [{ id: 1, what: 'a' }, { id: 2, what: 'c' }] };
  assert.deepEqual(merge(base, mine, theirs).promises,
    [{ id: 2, what: 'c' }, { id: 1, what: 'b' }, { what: 'new' }]);
});

test('text leaves before pictures, and a picture after its note', () => {
  const note = { what: 'capture', target: 'n1', path: '/captures', state: 'queued', user: null };
  const picture = { what: 'picture', target: 'p1', path: '/encounters/n1/pictures/p1', state: 'queued', user: null };
  const later = { ...note, target: 'n2' };
  const others = { ...note, target: 'n3', user: 'bob' };
  assert.equal(next([others, picture, note, later], 'ana'), note);
  assert.equal(next([picture, { ...note, state: 'sent' }, later], 'ana'), later);
  assert.equal(next([picture, { ...note, state: 'sent' }], 'ana'), picture);
  assert.equal(next([picture, { ...note, state: 'parked' }], 'ana'), undefined);
  assert.equal(next([picture], 'ana'), picture);
  assert.equal(next([others], 'ana'), undefined);
});

test('a picture whose note is gone is not asked about again', () => {
  const picture = { what: 'picture', method: 'PUT' };
  assert.equal(verdict(picture, 404), 'sent');
  assert.equal(verdict(picture, 410), 'sent');
  assert.equal(verdict(picture, 422), 'park');
  assert.equal(verdict(picture, 507), 'later');
});
