/** Upcoming: what is due, by group, with what is queued laid over it. */

import { act } from './actions.js';
import { $, clone, on } from './dom.js';
import { finishCards } from './finish.js';
import { clock, day, span } from './format.js';
import { project } from './project.js';
import { horizon } from './sky.js';
import { state, waiting } from './store.js';
import { S } from './strings.js';
import { taskRow } from './task-row.js';
import { refusedRows, waitingRows } from './queue-rows.js';

/** What can wait: so many rows of it are shown at first. @type {Record<string, number>} */
const FOLDED = { overdue: 3, cards: 3, this_week: 5, later: 5 };
const unfolded = new Set();

/** @param {HTMLElement} main */
export function showWelcome(main) {
  const count = waiting().length;
  main.replaceChildren(clone('t-welcome', { notes: count ? S.welcomeNotes(count) : null }));
}

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

/** @param {Group} group @param {View} view @param {HTMLElement} main */
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
  const few = FOLDED[group.name] ?? Infinity;
  const folded = group.tasks.length > few + 1 && !unfolded.has(group.name);
  const shown = folded ? group.tasks.slice(0, few) : group.tasks;
  if (group.name === 'cards') {
    const pass = clone('t-pass', { label: S.goThrough(group.tasks.length) });
    on(pass, 'click', () => finishCards(group.tasks));
    part.append(pass);
  }
  for (const { label, tasks } of parts(group.name, shown, view)) {
    if (label) part.append(clone('t-part', { label }));
    const list = clone('t-list');
    const how = { sundown: view.sundown, act: pressed };
    list.append(...tasks.map((task) => taskRow(task, group.name, how)));
    part.append(list);
  }
  if (folded) {
    const more = clone('t-more', { label: S.more(group.tasks.length - shown.length) });
    on(more, 'click', () => {
      unfolded.add(group.name);
      showUpcoming(main);
    });
    part.append(more);
  }
  return part;

  function pressed(/** @type {string} */ verb, /** @type {Task} */ task, /** @type {HTMLElement} */ row) {
    if (verb === 'complete' || verb === 'skip') keepPlace(row);
    act(verb, task, view.sundown);
  }
}

/**
 * Today falls into what the sun, midnight and an hour decide.
 * @param {string} name @param {Task[]} tasks @param {View} view
 */
function parts(name, tasks, view) {
  if (name !== 'today') return [{ label: '', tasks }];
  const of = (/** @type {string} */ by) => tasks.filter((task) => (task.by ?? 'hour') === by);
  return [
    { label: S.bySundown(clock(view.sundown.today)), tasks: of('sundown') },
    { label: S.byHour, tasks: of('hour') },
    { label: S.byMidnight, tasks: of('midnight') },
  ].filter((part) => part.tasks.length);
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
