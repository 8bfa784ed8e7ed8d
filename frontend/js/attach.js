/** What comes with a note besides its text: pictures, and what a scanned card says. Kept beside the draft. */

import { C } from './capture-strings.js';
import * as db from './db.js';
import { $, clone, dressed, on } from './dom.js';
import { newId } from './note.js';
import { shrunk } from './picture.js';
import { say } from './status.js';

const MOST = 4;
const form = $('#composer');
const row = $('#attached', form);

/** @param {string} key @returns {Promise<any>} */
const drafted = async (key) => (await db.database()).get('draft', key);

/** @returns {Promise<string[]>} ids */
const pictures = async () => (await drafted('pictures')) ?? [];

/** The composer was opened with more than a text in its draft. */
export async function begin() {
  await show();
}

/** The picture that was just taken. @param {HTMLInputElement} input */
export async function photo(input) {
  const files = [...(input.files ?? [])];
  input.value = ''; // the same one may be chosen again
  for (const file of files) await add(file);
}

/** @param {Blob} file */
async function add(file) {
  if ((await pictures()).length >= MOST) return say(C.enough);
  const id = newId();
  try {
    // As it is at first: made small in a moment, and not lost if the phone lets this page go before that.
    await keep(id, { bytes: await file.arrayBuffer(), type: file.type }, true);
  } catch (error) {
    return say(/** @type {Error} */ (error).name === 'QuotaExceededError' ? C.full : C.noPicture);
  }
  try {
    await keep(id, await shrunk(file), false);
  } catch {
    await drop(id);
    return say(C.noPicture);
  }
  return show();
}

/** @param {string} id @param {{bytes: ArrayBuffer, type: string}} picture @param {boolean} fresh */
async function keep(id, picture, fresh) {
  const tx = (await db.database()).transaction(['draft', 'pictures'], 'readwrite');
  tx.objectStore('pictures').put(picture, id);
  const draft = tx.objectStore('draft');
  if (fresh) draft.put([...((await draft.get('pictures')) ?? []), id], 'pictures');
  await tx.done;
}

/** Out of the draft, or out of the queue where the note was saved meanwhile. @param {string} id */
async function drop(id) {
  const tx = (await db.database()).transaction(['draft', 'ops'], 'readwrite');
  const [draft, ops] = [tx.objectStore('draft'), tx.objectStore('ops')];
  const rest = ((await draft.get('pictures')) ?? []).filter((/** @type {string} */ each) => each !== id);
  if (rest.length) draft.put(rest, 'pictures');
  else draft.delete('pictures');
  for (const op of await ops.getAll()) if (op.target === id) ops.delete(op.seq);
  await tx.done;
}

/** Put the row together anew. */
async function show() {
  const ids = await pictures();
  await dressed('capture');
  const store = await db.database();
  const items = await Promise.all(ids.map(async (id, index) => {
    const { bytes, type } = await store.get('pictures', id);
    const item = clone('t-attached');
    const image = /** @type {HTMLImageElement} */ ($('img', item));
    const address = URL.createObjectURL(new Blob([bytes], { type }));
    on(image, 'load', () => URL.revokeObjectURL(address));
    image.src = address;
    const button = $('button', item);
    button.setAttribute('aria-label', C.remove(index + 1));
    on(button, 'click', () => takeAway(id));
    return item;
  }));
  row.replaceChildren(...items);
  if (ids.length) form.dataset.attached = '';
  else delete form.dataset.attached;
}

/** @param {string} id */
async function takeAway(id) {
  const was = await pictures();
  await drop(id);
  await show();
  field().focus();
  const back = async () => {
    await (await db.database()).put('draft', was, 'pictures');
    await show();
    say(C.back);
  };
  say(C.removed, { undo: back });
}

const field = () => $('#note', form);

/** A note that was taken back: what came with it is in the composer again. @param {Op} op */
export async function giveBack(op) {
  const store = await db.database();
  const kept = new Set(await store.getAllKeys('pictures'));
  const ids = [...(await pictures()), ...(op.pictures ?? []).filter((id) => kept.has(id))];
  if (ids.length) await store.put('draft', ids, 'pictures');
  await show();
}
