import assert from 'node:assert/strict';
import { test } from 'node:test';

process.env.TZ = 'Europe/Lisbon';
const { edgesOf, groupOf, project, sundowns } = await import('../js/project.js');

const NOW = new Date('2026-11-24T15:30:00Z');
const SKY = { days: ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'].map((on) => (
  { on, sundown_at: `${on}T17:17:00Z` }
)) };

function task(id, due, more = {}) {
  return {
    id, act_at: due, due_at: due, action: 'handwritten_note', minutes: 10, snoozed_until: null, by: null,
    encounter_id: `met-${id}`, ...more,
  };
}

function view(...tasks) {
  const empty = { minutes: 0, next: null };
  const sundown = { today: '2026-11-24T17:17:00Z', tomorrow: '2026-11-25T17:17:00Z' };
  return { now: NOW.toISOString(), sundown, groups: [{ name: 'later', tasks, ...empty }] };
}

function shown(given, ops = [], now = NOW) {
  const { groups, settled } = project(given, ops, now, { sky: SKY, boundary: '04:00' });
  const names = groups.filter(({ tasks }) => tasks.length).map(({ name, tasks }) => [name, tasks.map(({ id }) => id)]);
  return { ...Object.fromEntries(names), settled };
}

test('days end at the boundary, and a week is seven days counting today', () => {
  const { today, tomorrow, week } = edgesOf(NOW, '04:00');
  assert.equal(new Date(today).toISOString(), '2026-11-25T04:00:00.000Z');
  assert.equal(new Date(tomorrow).toISOString(), '2026-11-26T04:00:00.000Z');
  assert.equal(new Date(week).toISOString(), '2026-12-01T04:00:00.000Z');
  const late = edgesOf(new Date('2026-11-25T02:00:00Z'), '04:00');
  assert.equal(late.today, today);
});

test('each open task stands in exactly one group', () => {
  const edges = edgesOf(NOW, '04:00');
  const of = (due, more) => groupOf(task('a', due, more), NOW.getTime(), edges);
  assert.equal(of('2026-11-24T15:29:59Z'), 'overdue');
  assert.equal(of('2026-11-24T15:30:00Z'), 'today');
  assert.equal(of('2026-11-25T03:59:59Z'), 'today');
  assert.equal(of('2026-11-25T04:00:00Z'), 'today', 'the boundary is the last of its day');
  assert.equal(of('2026-11-25T04:00:01Z'), 'tomorrow');
  assert.equal(of('2026-11-26T04:00:01Z'), 'this_week');
  assert.equal(of('2026-12-01T04:00:01Z'), 'later');
  assert.equal(of('2026-11-20T04:00:00Z', { action: 'reply' }), 'replies');
  assert.equal(of('2026-11-24T10:00:00Z', { due_at: '2026-11-24T23:00:00Z' }), 'today');
});

test('a view from yesterday is grouped anew, with the sundowns of today', () => {
  const old = view(task('a', '2026-11-24T17:17:00Z'), task('b', '2026-11-25T17:17:00Z'));
  const next = new Date('2026-11-25T09:00:00Z');
  assert.deepEqual(shown(old, [], next), { overdue: ['a'], today: ['b'], settled: 0 });
  const { sundown, groups } = project(old, [], next, { sky: SKY });
  assert.equal(sundown.today, '2026-11-25T17:17:00Z');
  assert.equal(groups[1].tasks[0].by, 'sundown');
  assert.equal(sundowns(undefined, next), null);
});

test('what is queued lies over the last view', () => {
  const given = view(task('a', '2026-11-24T17:17:00Z'), task('b', '2026-11-24T20:00:00Z'));
  const op = (verb, more) => ({ what: 'task', target: 'a', state: 'queued', verb, body: {}, ...more });
  assert.deepEqual(shown(given, [op('complete')]), { today: ['b'], settled: 1 });
  assert.deepEqual(shown(given, [op('skip')]), { today: ['b'], settled: 1 });
  assert.deepEqual(shown(given, [op('complete'), op('reopen')]), { today: ['a', 'b'], settled: 0 });
  assert.deepEqual(shown(given, [op('complete', { state: 'parked' })]), { today: ['a', 'b'], settled: 0 });
  const until = { body: { until: '2026-11-25T08:00:00Z' } };
  assert.deepEqual(shown(given, [op('snooze', until)]), { today: ['b'], tomorrow: ['a'], settled: 0 });
  assert.deepEqual(shown(given, [{ what: 'undo', target: 'met-a' }]), { today: ['b'], settled: 1 });
  const hers = view(task('a', '2026-11-24T17:17:00Z', { contact_id: 'dana' }), task('b', '2026-11-24T20:00:00Z'));
  assert.deepEqual(shown(hers, [op('', { what: 'contact', method: 'DELETE', target: 'dana' })]),
    { today: ['b'], settled: 1 });
});

test('today falls into what the sun, midnight and an hour decide where the reader is', () => {
  const by = (due, more) => {
    const { groups } = project(view(task('a', due, more)), [], NOW, { sky: SKY });
    return groups.find(({ name }) => name === 'today').tasks[0].by;
  };
  assert.equal(by('2026-11-24T17:17:30Z'), 'sundown');
  assert.equal(by('2026-11-24T16:02:00Z', { by: 'sundown' }), 'hour', 'the sundown of another city');
  assert.equal(by('2026-11-24T23:59:59Z'), 'midnight');
  assert.equal(by('2026-11-25T04:00:00Z', { by: 'midnight' }), 'hour', 'noted after midnight');
  const snoozed = { act_at: '2026-11-24T10:00:00Z', snoozed_until: '2026-11-24T10:00:00Z' };
  assert.equal(by('2026-11-24T17:17:00Z', snoozed), 'sundown', 'a snooze that has passed');
});

test('a verb for many lies over each of them', () => {
  const given = view(task('a', '2026-11-24T17:17:00Z'), task('b', '2026-11-24T20:00:00Z'));
  const op = (verb, body = {}) => ({ what: 'task', target: '', ids: ['a', 'b'], state: 'queued', verb, body });
  assert.deepEqual(shown(given, [op('complete')]), { settled: 2 });
  assert.deepEqual(shown(given, [op('skip'), op('reopen')]), { today: ['a', 'b'], settled: 0 });
  const { groups, dates } = project(given, [op('plan', { planned_on: '2026-11-25' })], NOW, { sky: SKY });
  assert.deepEqual(groups[1].tasks.map((each) => each.planned_on), ['2026-11-25', '2026-11-25']);
  assert.deepEqual(dates, { today: '2026-11-24', tomorrow: '2026-11-25', after: '2026-11-26' });
});

test('the last decision of the sort pass lies over the tasks of that person', () => {
  const person = { contact_id: 'who', stack: 'handwritten_note:fair', channel: 'letter' };
  const given = view(
    task('note', '2026-11-24T17:17:00Z', { ...person, encounter_id: 'met' }),
    task('link', '2026-11-24T17:17:00Z', { ...person, encounter_id: 'met', action: 'send_link' }),
    task('ask', '2026-11-25T17:17:00Z', { ...person, encounter_id: 'met', action: 'linkedin_invite' }),
    task('other', '2026-11-24T17:17:00Z', { ...person, contact_id: 'someone', encounter_id: 'met' }),
  );
  const sort = (decided) => ({
    what: 'sort', target: 'who', state: 'queued',
    body: { items: [{ encounter_id: 'met', contact_id: 'who', follow_up: decided }] },
  });
  assert.deepEqual(shown(given, [sort('none')]), { today: ['link', 'other'], settled: 1 });
  assert.deepEqual(shown(given, [sort('none'), sort('full')]).today, ['note', 'link', 'other']);
  const { groups } = project(given, [sort('light')], NOW, { sky: SKY });
  const [message] = groups[1].tasks;
  assert.deepEqual([message.title, message.channel, message.stack],
    ['Send one short message', 'email', 'email_thank_you:fair']);
  assert.deepEqual(groups[3].tasks, []);
});

test('events have their names from the stacks', () => {
  const given = view(task('a', '2026-11-24T17:17:00Z'));
  given.groups[0].stacks = [{ stack: 'handwritten_note:fair', event: 'Career fair' }];
  assert.deepEqual(project(given, [], NOW).events, { fair: 'Career fair' });
});
