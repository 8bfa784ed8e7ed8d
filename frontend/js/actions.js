/** Done, Snooze, Skip: each one call in the queue, each taken back by Undo. */

import { batch } from './batch.js';
import { clone, dressed, on } from './dom.js';
import { localInput, snoozes, soon } from './format.js';
import { newOp, withOffset } from './note.js';
import { enqueue, takeBack } from './outbox.js';
import { reach } from './reach.js';
import { say } from './status.js';
import { S } from './strings.js';

/** @param {string} verb @param {Task} task @param {any} body @param {string} said */
async function queueVerb(verb, task, body, said) {
  const op = newOp('POST', `/tasks/${task.id}/${verb}`, body, { target: task.id, verb });
  say(said, { undo: () => takeBack(op).then(() => say(S.undone)) });
  await enqueue(op);
}

/**
 * A verb for many, in as few calls as it takes, with one Undo for all of it.
 * @param {[Task[], string, any][]} steps tasks, verb and its words @param {string} said
 */
export async function every(steps, said) {
  const ops = steps.flatMap(([tasks, verb, words]) => batch(tasks.map((task) => task.id), verb, words));
  const back = async () => {
    for (const op of ops) await takeBack(op);
    say(S.undone);
  };
  say(said, { undo: back });
  await enqueue(...ops);
}

/** @param {Task[]} tasks @param {{channel?: string}} [words] */
export function complete(tasks, words = {}) {
  const letters = tasks.every((task) => task.channel === 'letter') && !words.channel;
  return every([[tasks, 'complete', { at: withOffset(new Date()), ...words }]],
    letters ? S.inTheMail(tasks.length) : S.done);
}

/** @param {string} verb @param {Task} task @param {View['sundown']} sundown */
export function act(verb, task, sundown) {
  if (verb === 'complete') queueVerb(verb, task, { at: withOffset(new Date()) }, S.done);
  else if (verb === 'skip') queueVerb(verb, task, {}, S.skipped);
  else if (verb === 'reach' && task.channel === 'letter') void import('./walk.js').then(({ walk }) => walk([task]));
  else if (verb === 'reach') reach(task, () => act('complete', task, sundown));
  else askUntil(task, sundown);
}

/** @param {Task} task @param {View['sundown']} sundown */
async function askUntil(task, sundown) {
  await dressed('sheets');
  const sheet = /** @type {HTMLDialogElement} */ (clone('t-snooze', { verb: task.title }));
  const list = /** @type {HTMLElement} */ (sheet.querySelector('.choices'));
  const choose = (/** @type {Date} */ until) => {
    sheet.close();
    queueVerb('snooze', task, { until: withOffset(until) }, S.snoozed(soon(until, new Date())));
  };
  const now = new Date();
  const offers = snoozes(now, sundown);
  for (const { name, until } of offers) {
    const label = S.snooze[/** @type {keyof typeof S.snooze} */ (name)];
    const item = clone('t-snooze-choice', { label, when: soon(until, now) });
    on(/** @type {HTMLElement} */ (item.querySelector('button')), 'click', () => choose(until));
    list.append(item);
  }
  const pick = /** @type {HTMLInputElement} */ (sheet.querySelector('input'));
  pick.min = localInput(now);
  pick.value = localInput(offers[0]?.until ?? now);
  on(/** @type {HTMLElement} */ (sheet.querySelector('form')), 'submit', (event) => {
    event.preventDefault();
    const until = new Date(pick.value);
    if (until > new Date()) choose(until);
    else pick.focus();
  });
  open(sheet);
}

/** A sheet from below; it leaves the document when it closes. @param {HTMLDialogElement} sheet */
export function open(sheet) {
  on(sheet, 'close', () => sheet.remove());
  on(sheet, 'click', (click) => {
    if (click.target === sheet || click.target.closest?.('[data-close]')) sheet.close();
  });
  document.body.append(sheet);
  sheet.showModal();
}
