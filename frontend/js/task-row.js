/** One thing to do: the verb first, the person, what recalls them, and why. */

import { $, clone, on } from './dom.js';
import { clock, day, dayAndClock, theirClock } from './format.js';
import { reachLabel } from './reach.js';
import { state } from './store.js';
import { S } from './strings.js';
import { swipes } from './swipe.js';

/** @param {Task['contact']} contact */
export const nameOf = (contact) => contact.name ?? contact.descriptor ?? S.unnamed;

/**
 * @param {Task} task @param {string} group
 * @param {{act: (verb: string, task: Task, row: HTMLElement) => void, sundown?: View['sundown'], person?: boolean,
 *   dates?: import('./project.js').Dates}} how
 */
export function taskRow(task, group, { act, sundown, dates, person = true }) {
  const { contact } = task;
  const row = clone('t-task', {
    verb: task.title,
    when: [whenOf(task, group, sundown, !person), intended(task, dates)].filter(Boolean).join(', '),
    person: person ? nameOf(contact) : null,
    company: person ? contact.company : null,
    recall: person ? task.recall : null,
    why: task.why,
    because: sentence(task.because),
    reach: reachLabel(task),
    needs: task.needs.length ? S.needs(task.needs) : null,
    hint: task.mail_hint ? sentence(task.mail_hint) : null,
  });
  row.dataset.id = task.id;
  const verb = $('.task__verb', row);
  verb.id = `verb-${task.id}`;
  row.querySelector('a')?.setAttribute('href', `/people/${task.contact_id}`);
  const when = row.querySelector('time');
  if (when) when.dateTime = task.act_at;
  for (const button of row.querySelectorAll('button')) button.setAttribute('aria-describedby', verb.id);
  for (const button of row.querySelectorAll('[data-verb]')) {
    on(button, 'click', () => act(/** @type {HTMLElement} */ (button).dataset.verb ?? '', task, row));
  }
  openWhy(row, task.id);
  swipes(row, (swiped) => act(swiped, task, row));
  return row;
}

/** Why opens the reasons of a row. @param {HTMLElement} row @param {string} id */
export function openWhy(row, id) {
  const why = $('.task__why', row);
  const more = $('.task__more', row);
  why.id = `why-${id}`;
  more.setAttribute('aria-controls', why.id);
  on(more, 'click', () => {
    why.hidden = !why.hidden;
    more.setAttribute('aria-expanded', String(!why.hidden));
  });
}

/**
 * What today's headings say of sundown and midnight is said by the row where it stands `alone`.
 * @param {Task} task @param {string} group @param {View['sundown']} [sundown] @param {boolean} [alone]
 */
export function whenOf(task, group, sundown, alone = false) {
  const there = theirClock(task.act_at, task.timezone);
  const also = there ? ` (${S.there(there.time, there.city)})` : '';
  const near = sundown && Math.abs(Date.parse(task.act_at) - Date.parse(sundown.tomorrow)) < 60000;
  if (task.snoozed_until) return S.snoozedTo(near || group === 'today' ? clock(task.act_at) : dayAndClock(task.act_at));
  if (group === 'today' && alone && task.by === 'sundown') return S.bySundownShort(clock(task.act_at)) + also;
  if (group === 'today') return alone || task.by === 'hour' ? S.by(clock(task.act_at)) + also : also.trim() || null;
  if (group === 'cards') return null;
  if (group === 'replies' && sameDay(task.act_at)) return S.by(clock(task.act_at)) + also;
  if (group === 'overdue') return S.since(dayAndClock(task.due_at)) + also;
  if (group === 'tomorrow') return (near ? S.bySundownShort : S.by)(clock(task.act_at)) + also;
  return dayAndClock(task.act_at) + also;
}

/** What the reader means to do with it. @param {Task} task @param {import('./project.js').Dates} [dates] */
function intended(task, dates) {
  if (state.written.includes(task.id)) return S.written;
  if (!task.planned_on || !dates || task.planned_on <= dates.today) return '';
  const named = task.planned_on === dates.tomorrow ? S.days.tomorrow : day(`${task.planned_on}T12:00`);
  return S.plannedFor(named);
}

/** @param {string} instant */
const sameDay = (instant) => new Date(instant).toDateString() === new Date().toDateString();

/** @param {string} text */
export function sentence(text) {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?]$/.test(begun) ? begun : `${begun}.`;
}
