/** What comes with a note besides its text: pictures, and what a scanned card says. Kept beside the draft. */

import { C } from './capture-strings.js';
import * as db from './db.js';
import { $, clone, dressed, on } from './dom.js';
import { newId } from './note.js';
import { shrunk } from './picture.js';
import { say } from './status.js';
import { FIELDS, inWords, read } from './vcard.js';

const MOST = 4;
const form = $('#composer');
const row = $('#attached', form);

/** @param {string} key @returns {Promise<any>} */
const drafted = (key) => db.get(key, 'draft');

/** @returns {Promise<string[]>} ids */
const pictures = async () => (await drafted('pictures')) ?? [];

/**
 * @typedef {{restore: (text: string) => void}} Composer
 * @typedef {{text: string, files: {bytes: ArrayBuffer, type: string, name: string}[]}} Shared by another app
 */

/** The composer was opened with more than a text in its draft. @param {Composer} composer */
export async function begin(composer) {
  await show();
  /** @type {Shared | undefined} */
  const shared = await drafted('shared');
  if (!shared) return;
  if (shared.text) await take(shared.text, composer, '');
  for (const { bytes, type, name } of shared.files) {
    if (/vcard/i.test(type) || /\.vcf$/i.test(name)) await take(new TextDecoder().decode(bytes), composer, '');
    else await add(new Blob([bytes], { type }));
  }
  await db.remove('shared', 'draft');
}

/** A code is looked for with the camera. @param {Composer} composer */
export async function scanCard(composer) {
  const { scan } = await import('./scan.js');
  const text = await scan();
  if (text === null) field().focus();
  else await take(text, composer, C.scannedText);
}

/**
 * What was scanned or shared becomes text and fields; what stands in the composer stays.
 * @param {string} text @param {Composer} composer @param {string} plain what is said of a text that is no card
 */
async function take(text, composer, plain) {
  const { card, rest } = read(text);
  const known = Object.keys(card).length > 0;
  const name = inWords(card) || card.emails?.[0] || card.phones?.[0];
  const words = [name, ...rest].filter(Boolean).join('\n');
  if (!words && !known) return say(C.nothingOnIt);
  if (known) await db.put('card', { ...(await drafted('card')), ...card }, 'draft');
  composer.restore(words);
  await show();
  return say(!known ? plain : rest.length ? C.scannedMore : C.scanned);
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
  const tx = await db.writing(['draft', 'pictures']);
  tx.objectStore('pictures').put(picture, id);
  const draft = tx.objectStore('draft');
  if (fresh) draft.put([...((await draft.get('pictures')) ?? []), id], 'pictures');
  await db.kept(tx);
}

/** Out of the draft, or out of the queue where the note was saved meanwhile. @param {string} id */
async function drop(id) {
  const tx = await db.writing(['draft', 'ops']);
  const [draft, ops] = [tx.objectStore('draft'), tx.objectStore('ops')];
  const rest = ((await draft.get('pictures')) ?? []).filter((/** @type {string} */ each) => each !== id);
  if (rest.length) draft.put(rest, 'pictures');
  else draft.delete('pictures');
  for (const op of await ops.getAll()) if (op.target === id) ops.delete(op.seq);
  await db.kept(tx);
}

/** Put the row together anew. */
async function show() {
  const [ids, card] = await Promise.all([pictures(), drafted('card')]);
  await dressed('capture');
  const items = await Promise.all(ids.map(async (id, index) => {
    const { bytes, type } = await db.get(id, 'pictures');
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
  row.replaceChildren(...(card ? [cardItem(card)] : []), ...items);
  if (ids.length) form.dataset.attached = '';
  else delete form.dataset.attached;
}

/** @param {import('./vcard.js').Card} card */
function cardItem(card) {
  const item = clone('t-attached-card', { text: C.scannedCard(card.name) });
  const button = $('button', item);
  button.setAttribute('aria-label', `${C.scannedCard(card.name)}. ${C.removeCard}`);
  on(button, 'click', async () => {
    await db.remove('card', 'draft');
    await show();
    field().focus();
    say(C.cardRemoved, {
      undo: async () => {
        await db.put('card', card, 'draft');
        await show();
        say(C.cardBack);
      },
    });
  });
  return item;
}

/** @param {string} id */
async function takeAway(id) {
  const was = await pictures();
  await drop(id);
  await show();
  field().focus();
  const back = async () => {
    await db.put('pictures', was, 'draft');
    await show();
    say(C.back);
  };
  say(C.removed, { undo: back });
}

const field = () => $('#note', form);

/** A note that was taken back: what came with it is in the composer again. @param {Op} op */
export async function giveBack(op) {
  const still = await Promise.all((op.pictures ?? []).map((id) => db.get(id, 'pictures')));
  const ids = [...(await pictures()), ...(op.pictures ?? []).filter((_id, index) => still[index])];
  if (ids.length) await db.put('pictures', ids, 'draft');
  const card = Object.entries(op.body).filter(([name]) => FIELDS.includes(name));
  if (card.length) await db.put('card', Object.fromEntries(card), 'draft');
  await show();
}
