/** What the page shows: the last view with what is still queued laid over it. Pure. */

const ORDER = ['replies', 'today', 'overdue', 'tomorrow', 'this_week', 'later', 'cards'];

/**
 * The group an open task stands in at `now`, as the server would put it.
 * @param {Task} task @param {number} now @param {Edges} edges
 * @typedef {{today: number, tomorrow: number, week: number}} Edges when those days end
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
  return { today: end(0), tomorrow: end(1), week: end(6) };
}

/** The sundowns of today and tomorrow out of the 400 days. @param {Sky | undefined} sky @param {Date} now */
export function sundowns(sky, now, boundary = '04:00') {
  const start = edgesOf(now, boundary).today - 24 * 3600000;
  const ahead = (sky?.days ?? []).filter((day) => Date.parse(day.sundown_at) >= start);
  return ahead.length > 1 ? { today: ahead[0].sundown_at, tomorrow: ahead[1].sundown_at } : null;
}

/**
 * @param {View} view @param {Op[]} ops @param {Date} now @param {{sky?: Sky, boundary?: string}} more
 * @returns {View & {settled: number}} `settled`: how many of today's are done
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
  const listed = ORDER.map((name) => {
    const tasks = groups.get(name) ?? [];
    const next = view.groups.find((group) => group.name === name)?.next ?? null;
    return { name, tasks, next, minutes: tasks.reduce((sum, task) => sum + task.minutes, 0) };
  });
  return { now: now.toISOString(), sundown, groups: listed, settled };
}

/** A task as its queued verbs leave it; null when it is out of sight. @param {Task} task @param {Op[]} ops */
function overlay(task, ops) {
  /** @type {Task | null} */
  let shown = task;
  for (const op of ops) {
    if (op.target !== task.id || op.state === 'parked') continue;
    if (op.verb === 'complete' || op.verb === 'skip') shown = null;
    if (op.verb === 'snooze') shown = { ...task, snoozed_until: op.body.until, act_at: op.body.until };
    if (op.verb === 'reopen') shown = { ...task, snoozed_until: null, act_at: task.due_at };
  }
  return shown;
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
