/** Many of one kind as one row: "Write 12 notes", walked one by one. */

import { complete } from './actions.js';
import { clone, on } from './dom.js';
import { eventPage, span } from './format.js';
import { cardsOf, eventOf, minutesOf } from './stacks.js';
import { state } from './store.js';
import { S } from './strings.js';
import { nameOf, openWhy, sentence, taskRow, whenOf } from './task-row.js';

const NAMES_SHOWN = 3;
const SORT_FROM = 5;
/** Stacks that are shown task by task. @type {Set<string>} */
const unstacked = new Set();

/**
 * The row, and after it each of its tasks where they are asked for.
 * @param {Stack} stack @param {string} group @param {import('./project.js').Shown} view @param {() => void} again
 * @param {(verb: string, task: Task, row: HTMLElement) => void} pressed what a button of a single task does
 */
export function stackRows(stack, group, view, again, pressed) {
  const { tasks } = stack;
  const [first] = tasks;
  const event = eventOf(stack.stack);
  const written = tasks.filter((task) => state.written.includes(task.id));
  const key = `${group}/${stack.stack}`;
  const each = unstacked.has(key);
  const all = view.groups.flatMap((other) => other.tasks);
  const cards = cardsOf(all, event).filter((card) => !state.sorted.includes(card.key));
  const row = clone('t-stack', {
    verb: S.many(first.action, first.title, tasks.length),
    when: whenOf(first, group, view.sundown),
    event: view.events[event] ?? null,
    minutes: S.minutes(span(minutesOf(tasks))),
    names: each ? null : names(tasks),
    followed: followed(view.events[event]),
    written: written.length ? S.allWritten(written.length) : null,
    why: first.why,
    because: sentence(first.because),
    hint: first.mail_hint ? sentence(first.mail_hint) : null,
    mail: written.length ? undefined : null,
    walk: written.length < tasks.length ? (written.length ? S.goOn : S.begin) : null,
    sort: first.channel === 'letter' && !written.length && cards.length >= SORT_FROM ? undefined : null,
    apart: each ? S.showAsOne : S.showEach,
  });
  row.dataset.id = key;
  row.querySelector('a')?.setAttribute('href', eventPage(view.events[event]));
  openWhy(row, key.replaceAll(/\W/g, '-'));
  row.querySelector('[data-verb="apart"]')?.setAttribute('aria-expanded', String(each));
  /** @type {Record<string, () => void>} */
  const verbs = {
    mail: () => complete(written),
    walk: () => void import('./walk.js').then(({ walk }) => walk(tasks)),
    sort: () => void import('./sort.js').then(({ sortCards }) => sortCards(cards)),
    apart: () => {
      if (!unstacked.delete(key)) unstacked.add(key);
      again();
    },
  };
  for (const button of row.querySelectorAll('[data-verb]')) {
    on(button, 'click', () => verbs[/** @type {HTMLElement} */ (button).dataset.verb ?? '']());
  }
  const how = { sundown: view.sundown, dates: view.dates, act: pressed };
  return each ? [row, ...tasks.map((task) => taskRow(task, group, how))] : [row];
}

/** "4 of 12 people followed up", where the name stands for one event alone. @param {string | undefined} event */
function followed(event) {
  const [met, another] = state.view?.met?.filter((each) => each.event === event) ?? [];
  return met?.followed_up && !another ? S.followed(met.followed_up, met.people) : null;
}

/** @param {Task[]} tasks */
function names(tasks) {
  const some = tasks.length > NAMES_SHOWN + 1 ? tasks.slice(0, NAMES_SHOWN) : tasks;
  const isolated = some.map((task) => `\u2068${nameOf(task.contact)}\u2069`); // each in the direction of its own script
  return S.names(isolated, tasks.length - some.length);
}
