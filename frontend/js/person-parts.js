/** The upper half of somebody's page: who they are, what to recall, what is due. */

import { act } from './actions.js';
import { $, clone } from './dom.js';
import { eventPage, past } from './format.js';
import { P } from './people-strings.js';
import { project } from './project.js';
import { reconcile } from './rows.js';
import { state } from './store.js';
import { nameOf, taskRow } from './task-row.js';

/** @param {HTMLElement} page @param {string} id */
export function drawTasks(page, id) {
  if (!state.view) return;
  const { sky, me } = state;
  const view = project(state.view, state.ops, new Date(), { sky, boundary: me?.day_boundary });
  const rows = view.groups.flatMap((group) => group.tasks.filter((task) => task.contact_id === id).map((task) => {
    const row = taskRow(task, group.name, {
      sundown: view.sundown, person: false, act: (verb) => act(verb, task, view.sundown),
    });
    row.dataset.key = JSON.stringify([task, group.name, state.written.includes(task.id)]);
    return row;
  }));
  const list = $('.tasks', page);
  const within = list.contains(document.activeElement);
  reconcile(list, rows);
  $('.no-tasks', page).hidden = rows.length > 0;
  if (!within || list.contains(document.activeElement)) return; // else the row that had the focus is done
  const next = /** @type {HTMLElement | null} */ (list.querySelector('[data-verb="complete"]'));
  (next ?? $('h1', page)).focus({ preventScroll: true });
}

/** @param {HTMLElement} page @param {any} card */
export function headline(page, card) {
  $('h1', page).textContent = nameOf(card);
  const quiet = card.do_not_contact ? P.facts.do_not_contact.name : null;
  $('.person__company', page).textContent = [card.title, card.company, quiet].filter(Boolean).join(' · ');
  const ways = [
    ...(card.emails ?? []).map((/** @type {string} */ each) => ({ href: `mailto:${each}`, text: each })),
    ...(card.phones ?? []).map((/** @type {string} */ each) => ({ href: telephone(each), text: each })),
    ...(card.linkedin_url ? [{ href: card.linkedin_url, text: 'LinkedIn' }] : []),
  ];
  $('.ways', page).replaceChildren(...ways.map(({ href, text }) => {
    const way = clone('t-way', { text });
    $('a', way).setAttribute('href', href);
    return way;
  }));
}

const telephone = (/** @type {string} */ number) => `tel:${number.replaceAll(' ', '')}`;

/** @param {HTMLElement} page @param {import('./recall.js').Recall} known */
export function drawRecall(page, { last, first, note, talked, mine: promised, theirs, help, met }) {
  const when = last && past(last.occurred_at);
  const since = first && P.firstMet(past(first.occurred_at));
  const facts_ = [
    [P.talkedAbout, talked], [P.promisedMine, promised.join('\n')], [P.promisedTheirs, theirs.join('\n')],
    [P.howICanHelp, help],
  ];
  const block = clone('t-recall', {
    kind: last && P.kindOf(last.kind, last.round), event: last?.event ?? null, place: last?.place ?? null,
    when: when || null, since: since || null, note, met, none: last || met ? null : P.neverMet,
  });
  for (const [name, text] of facts_) if (text) $('dl', block).append(clone('t-recalled', { name, text }));
  if (!$('dl', block).children.length) $('dl', block).remove();
  block.querySelector('a')?.setAttribute('href', eventPage(last?.event));
  if (!last) $('.recall__where', block).remove();
  $('.met__what', page).replaceChildren(block);
}
