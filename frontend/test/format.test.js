import assert from 'node:assert/strict';
import { test } from 'node:test';

process.env.TZ = 'Europe/Lisbon';
const { dated, localInput, snoozes, soon, span, theirClock } = await import('../js/format.js');

const SUNDOWN = { today: '2026-11-24T17:17:00Z', tomorrow: '2026-11-25T17:17:00Z' };
const offered = (now) => snoozes(new Date(now), SUNDOWN).map(({ name, until }) => `${name} ${until.toISOString()}`);

test('snooze offers only times ahead', () => {
  assert.deepEqual(offered('2026-11-24T15:30:00Z'), [
    'evening 2026-11-24T19:00:00.000Z', 'morning 2026-11-25T08:00:00.000Z', 'sundown 2026-11-24T17:17:00.000Z',
  ]);
  assert.deepEqual(offered('2026-11-24T19:30:00Z'), [
    'morning 2026-11-25T08:00:00.000Z', 'sundown 2026-11-25T17:17:00.000Z',
  ]);
  assert.equal(offered('2026-11-25T01:30:00Z')[1], 'morning 2026-11-25T08:00:00.000Z');
});

test('lengths of time read like speech', () => {
  assert.deepEqual([span(134), span(60), span(8), span(0), span(119.7)], ['2 h 14 m', '1 h', '8 m', '0 m', '2 h']);
});

test('within a week the name of the day is enough, ahead and behind', () => {
  const near = (/** @type {string} */ at) => soon(new Date(at), new Date('2026-11-24T15:30:00Z'));
  assert.match(near('2026-11-24T10:05:00Z'), /^10:05/);
  assert.match(near('2026-11-27T10:05:00Z'), /^Friday, 10:05/);
  assert.match(near('2026-11-21T10:05:00Z'), /^Saturday, 10:05/);
  assert.match(near('2026-10-21T10:05:00Z'), /October/);
  assert.match(dated('2027-03-01T10:00:00Z'), /March.*2027/);
});

test('their clock is named only where it differs', () => {
  assert.equal(theirClock('2026-11-24T17:17:00Z', 'Europe/London'), null);
  assert.equal(theirClock('2026-11-24T17:17:00Z', 'America/New_York')?.city, 'New York');
  assert.equal(theirClock('2026-11-24T17:17:00Z', 'Mars/Olympus'), null);
});

test('a field for a time shows local time', () => {
  assert.equal(localInput(new Date('2026-07-01T08:05:00Z')), '2026-07-01T09:05');
});
