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
 * The pictures of a meeting, each to be looked at large.
 * @param {{id: string, pictures?: {id: string, width: number, height: number}[]}} meeting
 * @param {() => void} changed one was removed or put back
 */
export async function pictures(meeting, changed) {
  const gone = new Set(mine().filter((op) => op.what === 'picture' && op.method === 'DELETE').map((op) => op.target));
  const shown = (meeting.pictures ?? []).filter((picture) => !gone.has(picture.id));
  if (!shown.length) return null;
  await dressed('capture');
  const list = clone('t-pictures');
  list.append(...shown.map((picture, index) => {
    const item = clone('t-picture-small');
    const address = `/encounters/${meeting.id}/pictures/${picture.id}`;
    draw($('img', item), address, picture, C.ofMeeting(index + 1));
    on($('button', item), 'click', () => enlarge(address, picture, C.ofMeeting(index + 1), changed));
    return item;
  }));
  return list;
}

/**
 * @param {HTMLElement} image @param {string} address @param {{width: number, height: number}} sides
 * @param {string} alt
 */
function draw(image, address, { width, height }, alt) {
  for (const [name, value] of Object.entries({ width, height, alt })) image.setAttribute(name, String(value));
  on(image, 'error', () => image.closest('dialog, li')?.classList.add('unreachable'));
  image.setAttribute('src', `/api/v1${address}`);
}

/**
 * @param {string} address @param {{id: string, width: number, height: number}} picture @param {string} alt
 * @param {() => void} changed
 */
function enlarge(address, picture, alt, changed) {
  const sheet = /** @type {HTMLDialogElement} */ (clone('t-picture', { title: alt }));
  draw($('img', sheet), address, picture, alt);
  on($('#remove-picture', sheet), 'click', async () => {
    sheet.close();
    await remove(address, picture.id, changed);
  });
  open(sheet);
}

/** Its bytes stay on this phone for as long as Undo is offered. */
async function remove(/** @type {string} */ address, /** @type {string} */ id, /** @type {() => void} */ changed) {
  const bytes = await call('GET', address).then(({ data }) => data.arrayBuffer(), () => null);
  const again = newId();
  const undo = { method: 'PUT', path: address.replace(id, again), body: undefined, what: 'picture', target: again };
  const op = newOp('DELETE', address, undefined, { what: 'picture', target: id, ...(bytes && { undo }) });
  if (bytes) await (await db.database()).put('pictures', { bytes, type: 'image/jpeg' }, again);
  const back = async () => {
    await takeBack(op);
    say(C.back);
    changed();
  };
  say(C.removed, { undo: back });
  await enqueue(op);
  changed();
}
