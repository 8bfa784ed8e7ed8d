/** They wrote, or you did: one sheet, kept on the phone first. */

import { open } from './actions.js';
import { $, clone, field, on } from './dom.js';
import { localInput } from './format.js';
import { newId, newOp, withOffset } from './note.js';
import { enqueue, takeBack } from './outbox.js';
import { say } from './status.js';
import { P } from './people-strings.js';

/** @param {string} id whose @param {string} name */
export function logTouch(id, name) {
  const sheet = /** @type {HTMLDialogElement} */ (clone('t-touch', { who: name }));
  const form = /** @type {HTMLFormElement} */ ($('form', sheet));
  const chosen = () => new FormData(form);
  const opened = localInput(new Date());
  const when = field(form, 'at');
  [when.value, when.max] = [opened, localInput(new Date(Date.now() + 86400000))];
  const fit = () => {
    $('.touch__answer', form).hidden = chosen().get('direction') === 'out';
  };
  on(form, 'change', fit);
  on(form, 'submit', (event) => {
    event.preventDefault();
    const given = chosen();
    const at = when.value && when.value !== opened ? new Date(when.value) : new Date();
    const touch = newId();
    const path = `/contacts/${id}/touches`;
    const body = {
      id: touch, channel: given.get('channel'), direction: given.get('direction'), at: withOffset(at),
      note: String(given.get('note')).trim() || null,
      needs_answer: given.get('direction') === 'in' && given.has('needs_answer'),
    };
    const undo = { method: 'DELETE', path: `${path}/${touch}`, body: undefined };
    const op = newOp('POST', path, body, { what: 'touch', target: id, undo });
    sheet.close();
    say(P.logged, { undo: () => takeBack(op).then(() => say(P.takenBack)) });
    enqueue(op);
  });
  fit();
  open(sheet);
}
