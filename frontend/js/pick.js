/** Choosing among many: which of them today, and which to let go. */

import { every, open } from './actions.js';
import { $, clone, dressed, field, fill, on } from './dom.js';
import { span } from './format.js';
import { minutesOf } from './stacks.js';
import { S } from './strings.js';
import { nameOf } from './task-row.js';

/**
 * @param {Task[]} tasks @param {number} checked how many of them at first
 * @param {{title: string, hint: string, reason?: boolean, note: (task: Task) => string,
 *   submit: (count: number) => string, done: (chosen: Task[], others: Task[], reason: string) => void}} how
 */
async function pick(tasks, checked, { title, hint, reason = false, note, submit, done }) {
  await dressed('sheets');
  const sheet = /** @type {HTMLDialogElement} */ (clone('t-pick', { title, hint }));
  const form = $('form', sheet);
  if (!reason) $('.reason', sheet).remove();
  const boxes = tasks.map((task, index) => {
    const row = clone('t-pick-row', { who: nameOf(task.contact), note: note(task) });
    const box = /** @type {HTMLInputElement} */ ($('input', row));
    box.checked = index < checked;
    $('.picks', sheet).append(row);
    return box;
  });
  const chosen = (/** @type {boolean} */ yes) => tasks.filter((_, index) => boxes[index].checked === yes);
  const count = () => {
    const some = chosen(true);
    fill(sheet, { chosen: S.chosen(some.length, span(minutesOf(some))), submit: submit(some.length) });
  };
  on(form, 'change', count);
  on(form, 'submit', (event) => {
    event.preventDefault();
    if (!chosen(true).length) {
      $('.form__error', form).textContent = S.noneChosen;
      return;
    }
    const why = reason ? field(form, 'reason').value : '';
    sheet.close();
    done(chosen(true), chosen(false), why);
  });
  count();
  open(sheet);
}

/**
 * "Which six?" Those chosen are planned for the day of that sundown, the others for the day after; all stay due.
 * @param {Task[]} tasks @param {number} count @param {{on: string, then: string, today: boolean}} days
 */
export function choose(tasks, count, days) {
  const [when, later] = days.today ? [S.days.today, S.days.tomorrow] : [S.days.tomorrow, S.days.after];
  pick(tasks, count, {
    title: S.which(count),
    hint: S.othersStay(later),
    note: (task) => task.recall ?? task.title,
    submit: () => S.planFor(when),
    done: (chosen, others) => every([
      [chosen, 'plan', { planned_on: days.on }],
      [others, 'plan', { planned_on: days.then }],
    ], S.planned),
  });
}

/** @param {Task[]} tasks */
export function letGo(tasks) {
  pick(tasks, tasks.length, {
    title: S.letGo,
    hint: S.letGoHint,
    note: (task) => task.title,
    reason: true,
    submit: S.letGoNow,
    done: (chosen, _others, reason) => every([[chosen, 'skip', { reason }]], S.letGone(chosen.length)),
  });
}
