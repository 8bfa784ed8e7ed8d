/** What the page shows: the last view with what is still queued laid over it. Pure. */

import { eventOf } from './stacks.js';
import { S } from './strings.js';

const ORDER = ['replies', 'today', 'overdue', 'tomorrow', 'this_week', 'later', 'cards'];

/**
 * The group an open task stands in at `now`, as the server would put it.
 * @param {Task} task @param {number} now @param {Edges} edges
 * @typedef {{today: number, tomorrow: number, after: number, week: number}} Edges when those days end
 */
export function groupOf(task, now, edges) {
  const [act, due] = [Date.parse(task.act_at), Date.parse(task.due_at)];
  if (task.action === 'reply') return 'replies';
  if (task.action === 'finish_card_note' && !task.snoozed_until) return 'cards'; // one pass, whenever it is
  if (act < now && due < now) return 'overdue';
  if (act <= edges.today) return 'today';
  if (act <= edges.tomorrow) return 'tomorrow';
  return act <= edges.week ? 'this_week' : 'later';
}

/** When today, tomorrow and the week end on this phone. @param {Date} now @param {string} [boundary] "04:00" */
export function edgesOf(now, boundary = '04:00') {
  const [hour, minute] = boundary.split(':').map(Number);
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate(), hour, minute);
  const first = now < today ? 0 : 1;
  const end = (/** @type {number} */ days) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + first + days, hour, minute).getTime();
  return { today: end(0), tomorrow: end(1), after: end(2), week: end(6) };
}

/** The date of the day that ends at this instant, as "2026-11-24". @param {number} end */
function dateBefore(end) {
  const within = new Date(end - 12 * 3600000);
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  return `${within.getFullYear()}-${two(within.getMonth() + 1)}-${two(within.getDate())}`;
}

/** The sundowns of today and tomorrow out of the 400 days. @param {Sky | undefined} sky @param {Date} now */
export function sundowns(sky, now, boundary = '04:00') {
  const start = edgesOf(now, boundary).today - 24 * 3600000;
  const ahead = (sky?.days ?? []).filter((day) => Date.parse(day.sundown_at) >= start);
  return ahead.length > 1 ? { today: ahead[0].sundown_at, tomorrow: ahead[1].sundown_at } : null;
}

/**
 * @typedef {{today: string, tomorrow: string, after: string}} Dates
 * @typedef {View & {settled: number, events: Record<string, string>, dates: Dates}} Shown `settled`: how many of
 * today's are done; `events`: the name of an event by the part of a stack that stands for it
 * @param {View} view @param {Op[]} ops @param {Date} now @param {{sky?: Sky, boundary?: string}} more
 * @returns {Shown}
 */
export function project(view, ops, now, { sky, boundary } = {}) {
  const edges = edgesOf(now, boundary);
  const sundown = sundowns(sky, now, boundary) ?? view.sundown;
  /** @type {Map<string, Task[]>} */
  const groups = new Map(ORDER.map((name) => [name, []]));
  let settled = 0;
  const undone = new Set(ops.filter((op) => op.what === 'undo').map((op) => op.target));
  const all = view.groups.flatMap((group) => group.tasks);
  for (const task of all.toSorted((one, other) => Date.parse(one.act_at) - Date.parse(other.act_at))) {
    const shown = undone.has(task.encounter_id ?? '') ? null : overlay(task, ops);
    const name = groupOf(shown ?? task, now.getTime(), edges);
    const by = name === 'today' && shown ? byOf(shown, sundown.today, now.getTime()) : null;
    if (shown) groups.get(name)?.push({ ...shown, by });
    else if (name === 'today') settled += 1;
  }
  const events = Object.fromEntries(view.groups.flatMap((group) => group.stacks ?? [])
    .map(({ stack, event }) => [eventOf(stack), event ?? '']));
  const [today, tomorrow, after] = [edges.today, edges.tomorrow, edges.after].map(dateBefore);
  const dates = { today, tomorrow, after };
  const listed = ORDER.map((name) => {
    const tasks = groups.get(name) ?? [];
    const next = view.groups.find((group) => group.name === name)?.next ?? null;
    return { name, tasks, next, minutes: tasks.reduce((sum, task) => sum + task.minutes, 0) };
  });
  return { now: now.toISOString(), sundown, groups: listed, settled, events, dates };
}

/** A task as its queued verbs leave it; null when it is out of sight. @param {Task} task @param {Op[]} ops */
function overlay(task, ops) {
  /** @type {Task | null} */
  let shown = task;
  let decided = '';
  for (const op of ops) {
    if (op.state === 'parked') continue;
    if (op.method === 'DELETE' && op.what === 'contact' && op.target === task.contact_id) return null;
    if (op.what === 'sort') decided = decisionOn(task, op.body.items) ?? decided;
    if (!(op.ids ? op.ids.includes(task.id) : op.target === task.id)) continue;
    if (op.verb === 'complete' || op.verb === 'skip') shown = null;
    if (op.verb === 'snooze') shown = { ...task, snoozed_until: op.body.until, act_at: op.body.until };
    if (op.verb === 'reopen') shown = { ...task, snoozed_until: null, act_at: task.due_at };
    if (op.verb === 'plan') shown = shown && { ...shown, planned_on: op.body.planned_on };
  }
  return shown && sorted(shown, decided);
}

/** @typedef {{encounter_id: string, contact_id: string, follow_up: string}} Decision */
/** @param {Task} task @param {Decision[]} items */
const decisionOn = (task, items) => items.find(
  (each) => each.encounter_id === task.encounter_id && each.contact_id === task.contact_id,
)?.follow_up;

/** Courtesy, which stops with "not this one"; promises and what they asked for do not. */
const COURTESY = ['email_thank_you', 'handwritten_note', 'linkedin_invite', 'phone_call', 'finish_card_note'];

/** A task as the sort pass leaves it, until the server has planned again. @param {Task} task @param {string} decided */
function sorted(task, decided) {
  if (decided === 'none') return COURTESY.includes(task.action) ? null : task;
  if (decided !== 'light') return task;
  if (task.action === 'linkedin_invite' || task.action === 'phone_call') return null;
  if (task.action !== 'handwritten_note') return task;
  const stack = task.stack && `email_thank_you:${eventOf(task.stack)}`;
  return { ...task, action: 'email_thank_you', channel: 'email', title: S.oneMessage, stack };
}

/**
 * What decides today's task here and now: the reader's own sundown or midnight, else an hour.
 * @param {Task} task @param {string} sundown @param {number} now
 */
function byOf(task, sundown, now) {
  const instant = new Date(Date.parse(task.act_at) >= now ? task.act_at : task.due_at);
  if (Math.abs(instant.getTime() - Date.parse(sundown)) < 60000) return 'sundown';
  return instant.getHours() === 23 && instant.getMinutes() === 59 ? 'midnight' : 'hour';
}
