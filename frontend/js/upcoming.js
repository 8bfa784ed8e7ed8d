/** Upcoming: what is due, by group, with what is queued laid over it. */

import { act } from './actions.js';
import { $, clone, on } from './dom.js';
import { finishCards } from './finish.js';
import { clock, day, span } from './format.js';
import { choose, letGo } from './pick.js';
import { project } from './project.js';
import { horizon } from './sky.js';
import { stackRows } from './stack-row.js';
import { fits, isStack, rowsOf } from './stacks.js';
import { state } from './store.js';
import { S } from './strings.js';
import { taskRow } from './task-row.js';
import { refusedRows, waitingRows } from './queue-rows.js';

/** @typedef {import('./project.js').Shown} Shown */
/** What can wait: so many rows of it are shown at first. @type {Record<string, number>} */
const FOLDED = { overdue: 3, cards: 3, this_week: 5, later: 5 };
const unfolded = new Set();

/** @param {HTMLElement} main */
export function showUpcoming(main) {
  const page = clone('t-upcoming', { day: day(new Date()) });
  const list = $('.groups', page);
  list.append(...refusedRows(), ...waitingRows());
  if (state.view) {
    const { sky, me } = state;
    const view = project(state.view, state.ops, new Date(), { sky, boundary: me?.day_boundary });
    $('.sky-place', page).append(horizon(view, view.settled));
    const groups = view.groups.filter((group) => group.tasks.length);
    for (const group of groups) list.append(section(group, view, main));
    if (!groups.length) list.append(clone('t-empty', { title: S.nothing, text: S.nothingHint }));
    if (state.offline) list.append(clone('t-hint', { text: S.stale }));
  } else list.append(clone('t-hint', { text: state.offline ? S.noView : S.loading }));
  swap(main, page);
}

/** @param {Group} group @param {Shown} view @param {HTMLElement} main */
function section(group, view, main) {
  const part = clone('t-group', {
    name: S.groups[group.name],
    minutes: group.minutes ? S.minutes(span(group.minutes)) : null,
    note: { overdue: S.lateIsFine, cards: S.cardsNote }[group.name] ?? null,
  });
  const heading = $('h2', part);
  heading.id = `group-${group.name}`;
  part.setAttribute('aria-labelledby', heading.id);
  part.classList.add(`group--${group.name}`);
  let left = unfolded.has(group.name) ? Infinity : (FOLDED[group.name] ?? Infinity);
  if (group.name === 'cards') {
    part.append(button('t-pass', S.goThrough(group.tasks.length), () => finishCards(group.tasks)));
  }
  const fitting = fitLine(group, view);
  if (fitting) part.append(fitting);
  let hidden = 0;
  for (const { label, tasks } of parts(group, view)) {
    const rows = group.name === 'cards' ? tasks : rowsOf(tasks);
    const shown = rows.length > left + 1 ? rows.slice(0, left) : rows;
    hidden += rows.length - shown.length;
    left -= shown.length;
    if (label) part.append(clone('t-part', { label }));
    const list = clone('t-list');
    list.append(...shown.flatMap((row) => asRows(row)));
    part.append(list);
  }
  if (hidden) {
    part.append(button('t-more', S.more(hidden), () => {
      unfolded.add(group.name);
      showUpcoming(main);
    }));
  }
  if (group.name === 'overdue') part.append(button('t-more', S.letGo, () => letGo(group.tasks)));
  return part;

  function asRows(/** @type {Task | Stack} */ row) {
    if (isStack(row)) return stackRows(row, group.name, view, () => showUpcoming(main), pressed);
    return [taskRow(row, group.name, { sundown: view.sundown, dates: view.dates, act: pressed })];
  }

  function pressed(/** @type {string} */ verb, /** @type {Task} */ task, /** @type {HTMLElement} */ row) {
    if (verb === 'complete' || verb === 'skip') keepPlace(row);
    act(verb, task, view.sundown);
  }
}

/** @param {string} template @param {string} label @param {() => void} pressed */
function button(template, label, pressed) {
  const made = clone(template, { label });
  on(made, 'click', pressed);
  return made;
}

/**
 * Where not everything fits before the sundown ahead, which of it shall be done is asked.
 * @param {Group} group @param {Shown} view
 */
function fitLine(group, view) {
  const now = Date.parse(view.now);
  const today = now < Date.parse(view.sundown.today);
  if (group.name !== (today ? 'today' : 'tomorrow')) return null;
  const sundown = Date.parse(today ? view.sundown.today : view.sundown.tomorrow);
  const days = today ? { on: view.dates.today, then: view.dates.tomorrow, today }
    : { on: view.dates.tomorrow, then: view.dates.after, today };
  const due = group.tasks.filter((task) => Math.abs(Date.parse(task.act_at) - sundown) < 60000
    && (!task.planned_on || task.planned_on <= days.on));
  const { count, of, ordered } = fits(due, (sundown - now) / 60000, state.view?.fits?.minutes_an_evening ?? null);
  if (count === of) return null;
  const line = clone('t-fits', { text: S.fits(count, of, due.every((task) => task.channel === 'letter')) });
  on($('button', line), 'click', () => choose(ordered, count, days));
  return line;
}

/**
 * Today falls into what the sun, midnight and an hour decide; what is planned for another day stands apart.
 * @param {Group} group @param {Shown} view
 */
function parts({ name, tasks }, view) {
  const last = { today: view.dates.today, tomorrow: view.dates.tomorrow }[name] ?? '9999';
  const planned = tasks.filter((task) => (task.planned_on ?? '') > last);
  const others = tasks.filter((task) => !planned.includes(task));
  const of = (/** @type {string} */ by) => others.filter((task) => (task.by ?? 'hour') === by);
  const first = name !== 'today' ? [{ label: '', tasks: others }] : [
    { label: S.bySundown(clock(view.sundown.today)), tasks: of('sundown') },
    { label: S.byHour, tasks: of('hour') },
    { label: S.byMidnight, tasks: of('midnight') },
  ];
  return [...first, { label: S.plannedLater, tasks: planned }].filter((part) => part.tasks.length);
}

/** A row that leaves hands the focus to the next one. @param {HTMLElement} row */
function keepPlace(row) {
  const rows = [...document.querySelectorAll('.task')];
  const place = rows.indexOf(row);
  const next = /** @type {HTMLElement | undefined} */ (rows[place + 1] ?? rows[place - 1]);
  wanted = next?.dataset.id ?? '';
}

let wanted = '';

/** Put the new page in place of the old one, with focus and open explanations where they were. */
function swap(/** @type {HTMLElement} */ main, /** @type {HTMLElement} */ page) {
  const active = document.activeElement;
  const row = /** @type {HTMLElement | null} */ (active?.closest('.task') ?? null);
  const verb = active?.getAttribute('data-verb');
  const open = [...main.querySelectorAll('.task__why:not([hidden])')].map((each) => each.id);
  const was = row?.dataset.id;
  main.replaceChildren(page);
  for (const id of open) {
    document.getElementById(id)?.parentElement?.querySelector('.task__more')?.dispatchEvent(new Event('click'));
  }
  const id = was && main.querySelector(`[data-id="${was}"]`) ? was : row ? wanted : '';
  if (id) /** @type {HTMLElement | null} */ (main.querySelector(`[data-id="${id}"] [data-verb="${verb}"]`))?.focus();
  else if (row) $('h1', main).focus();
}
