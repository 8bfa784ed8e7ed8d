/** Many tasks of one kind as one row, and how many of them fit before sundown. Pure. */

export const FEWEST = 3;
/** Parts of a task's `stack`: what is done, and the event it comes from. @param {string | null} stack */
export const eventOf = (stack) => stack?.split(':')[1] ?? '';

/**
 * Rows in the order of the tasks: three or more of one action from one event stand where the first of them stood.
 * What was snoozed by hand stays a row of its own.
 * @param {Task[]} tasks @returns {(Task | Stack)[]}
 */
export function rowsOf(tasks) {
  /** @type {Map<string, Task[]>} */
  const stacks = new Map();
  const stackable = tasks.filter((task) => task.stack && !task.snoozed_until);
  for (const task of stackable) stacks.set(task.stack ?? '', [...(stacks.get(task.stack ?? '') ?? []), task]);
  /** @type {(Task | Stack)[]} */
  const rows = [];
  for (const task of tasks) {
    const together = (!task.snoozed_until && stacks.get(task.stack ?? '')) || [];
    if (together.length < FEWEST) rows.push(task);
    else if (task === together[0]) rows.push({ stack: task.stack ?? '', tasks: together });
  }
  return rows;
}

/** @param {Task | Stack} row @returns {row is Stack} */
export const isStack = (row) => 'tasks' in row;

/** @param {Task[]} tasks */
export const minutesOf = (tasks) => tasks.reduce((sum, task) => sum + task.minutes, 0);

/**
 * "About 6 of 15": those planned for today first, then in their order, as long as there is time until sundown and
 * within what an evening may take.
 * @param {Task[]} tasks due by the sundown @param {number} left minutes until then @param {number | null} evening
 */
export function fits(tasks, left, evening) {
  const room = Math.max(0, evening === null ? left : Math.min(left, evening));
  const ordered = tasks.toSorted((one, other) => Number(!one.planned_on) - Number(!other.planned_on));
  let spent = 0;
  const count = ordered.findIndex((task) => (spent += task.minutes) > room);
  return { count: count < 0 ? tasks.length : count, of: tasks.length, ordered };
}

/** The cards of an event that can be sorted, one a person of a meeting. @param {Task[]} tasks @param {string} event */
export function cardsOf(tasks, event) {
  const seen = new Map();
  for (const task of tasks) {
    const key = `${task.encounter_id}/${task.contact_id}`;
    if (task.encounter_id && eventOf(task.stack) === event && !seen.has(key)) seen.set(key, { key, task });
  }
  return [...seen.values()];
}
