/** A fair's cards in one pass: by hand, one short message, or not this one. Each choice is kept on the phone first. */

import { open } from './actions.js';
import { $, clone, dressed, fill, on } from './dom.js';
import { newOp } from './note.js';
import { enqueue } from './outbox.js';
import { say } from './status.js';
import { remember } from './store.js';
import { S } from './strings.js';
import { nameOf } from './task-row.js';

/** @param {{key: string, task: Task}[]} cards */
export async function sortCards(cards) {
  await dressed('sheets');
  const sheet = /** @type {HTMLDialogElement} */ (clone('t-sort'));
  const back = $('#sort-back', sheet);
  let place = 0;

  function show() {
    if (place === cards.length) {
      say(S.sorted);
      return sheet.close();
    }
    const { contact, recall } = cards[place].task;
    const who = [nameOf(contact), contact.company].filter(Boolean).join(' · ');
    fill(sheet, { place: S.placeOf(place + 1, cards.length), who, note: recall ?? '\u00a0' });
    back.hidden = place === 0;
    return undefined;
  }

  for (const button of sheet.querySelectorAll('[data-sort]')) {
    on(button, 'click', async () => {
      const { key, task } = cards[place];
      const item = {
        encounter_id: task.encounter_id, contact_id: task.contact_id, follow_up: button.getAttribute('data-sort'),
      };
      place += 1;
      show();
      await enqueue(newOp('POST', '/encounters/sort', { items: [item] }, { what: 'sort', target: task.contact_id }));
      await remember('sorted', key);
    });
  }
  on(back, 'click', () => {
    place -= 1;
    show();
  });
  show();
  open(sheet);
}
