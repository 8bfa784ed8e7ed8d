/** Pictures of cards: made small on the phone, shown with their meeting, taken away and put back. */

import { open } from './actions.js';
import { call } from './api.js';
import { C } from './capture-strings.js';
import * as db from './db.js';
import { $, clone, dressed, on } from './dom.js';
import { newId, newOp } from './note.js';
import { enqueue, takeBack } from './outbox.js';
import { say } from './status.js';
import { mine } from './store.js';

const LONGEST_SIDE = 1600;

/**
 * Upright, small and without what the camera wrote into it. Rejected for what is no picture.
 * @param {Blob} file @returns {Promise<{bytes: ArrayBuffer, type: string}>} bytes, since private sessions keep no Blob
 */
export async function shrunk(file) {
  const image = await createImageBitmap(file);
  const by = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * by)));
  const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  brush.fillStyle = 'white';
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  /** @type {Blob | null} */
  const small = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
  if (!small) throw new Error('no canvas');
  return { bytes: await small.arrayBuffer(), type: small.type };
}

/**
 * The pictures of a meeting, each to be looked at large, removed and put back.
 * @typedef {{id: string, width: number, height: number}} Picture
 * @param {{id: string, pictures: Picture[]}} meeting
 */
export async function pictures(meeting) {
  await dressed('capture');
  const gone = new Set(mine().filter((op) => op.what === 'picture' && op.method === 'DELETE').map((op) => op.target));
  const list = clone('t-pictures');
  list.append(...meeting.pictures.filter((each) => !gone.has(each.id)).map((picture, index) => {
    const item = clone('t-picture-small');
    const shown = { ...picture, met: meeting.id, alt: C.ofMeeting(index + 1), src: '' };
    draw($('img', item), shown);
    on($('button', item), 'click', () => enlarge(shown, item));
    return item;
  }));
  return list;
}

/** @typedef {Picture & {met: string, alt: string, src: string}} Shown `src` where its bytes are on this phone */
/** @param {string} met @param {string} id */
const addressOf = (met, id) => `/encounters/${met}/pictures/${id}`;

/** @param {HTMLElement} image @param {Shown} shown */
function draw(image, { met, id, width, height, alt, src }) {
  for (const [name, value] of Object.entries({ width, height, alt })) image.setAttribute(name, String(value));
  on(image, 'error', () => image.closest('dialog, li')?.classList.add('unreachable'));
  image.setAttribute('src', src || `/api/v1${addressOf(met, id)}`);
}

/** @param {Shown} shown @param {HTMLElement} item */
function enlarge(shown, item) {
  const sheet = /** @type {HTMLDialogElement} */ (clone('t-picture', { title: shown.alt }));
  draw($('img', sheet), shown);
  on($('#remove-picture', sheet), 'click', async () => {
    sheet.close();
    await remove(shown, item);
  });
  open(sheet);
}

/** Its bytes stay on this phone for as long as Undo is offered. @param {Shown} shown @param {HTMLElement} item */
async function remove(shown, item) {
  const address = addressOf(shown.met, shown.id);
  /** @type {Blob | null} */
  const blob = await call('GET', address).then(({ data }) => data, () => null);
  const again = newId();
  const undo = { method: 'PUT', path: addressOf(shown.met, again), body: undefined, target: again };
  const op = newOp('DELETE', address, undefined, { what: 'picture', target: shown.id });
  if (blob) {
    op.undo = { ...undo, what: 'picture' };
    const bytes = await blob.arrayBuffer();
    await db.put(again, { bytes, type: blob.type }, 'pictures');
  }
  item.hidden = true;
  const back = async () => {
    const waits = (await db.ops()).some((each) => each.id === op.id && each.state === 'queued');
    await takeBack(op);
    if (!waits && blob) Object.assign(shown, { id: again, src: URL.createObjectURL(blob) });
    item.hidden = false;
    say(C.back);
  };
  say(C.removed, { undo: back });
  await enqueue(op);
}
