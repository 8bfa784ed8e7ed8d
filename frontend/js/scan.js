/** A card's code in front of the camera, or in a picture of it. */

import { open } from './actions.js';
import { C } from './capture-strings.js';
import { $, clone, dressed, field, on } from './dom.js';
import { shrunk } from './picture.js';

const LOOK_EVERY_MS = 120;

/** What the code says; null where the dialog was closed without one. @returns {Promise<string | null>} */
export async function scan() {
  await dressed('capture');
  const sheet = /** @type {HTMLDialogElement} */ (clone('t-scan'));
  const video = /** @type {HTMLVideoElement} */ ($('video', sheet));
  const say = (/** @type {string} */ text) => {
    $('[role="status"]', sheet).textContent = text;
  };
  /** @type {string | null} */
  let said = null;
  /** @type {MediaStream | undefined} */
  let stream;
  const found = (/** @type {string} */ text) => {
    said ??= text;
    sheet.close();
  };
  const closed = new Promise((resolve) => {
    on(sheet, 'close', () => resolve(null));
  });
  on(field(sheet, 'picture'), 'change', async ({ target }) => {
    const [file] = target.files;
    target.value = '';
    if (!file) return;
    const text = await inPicture(file).catch(() => '');
    if (text) found(text);
    else say(C.noCode);
  });
  open(sheet);
  try {
    const looking = detector(); // on its way while the camera wakes up
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    video.srcObject = stream;
    await video.play();
    watch(await looking);
  } catch {
    video.hidden = true;
    say(C.noCamera);
  }
  await closed;
  for (const track of stream?.getTracks() ?? []) track.stop();
  return said;

  /** @param {Detector} eye */
  async function watch(eye) {
    while (sheet.open) {
      const codes = await eye.detect(video).catch(() => []);
      if (codes.length && sheet.open) found(codes[0].rawValue);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      if (document.visibilityState === 'hidden') {
        await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }));
      }
    }
  }
}

/** @param {Blob} file @returns {Promise<string | undefined>} */
async function inPicture(file) {
  const { bytes, type } = await shrunk(file);
  const codes = await (await detector()).detect(await createImageBitmap(new Blob([bytes], { type })));
  return codes[0]?.rawValue;
}

/** The browser's own, or where it has none the one that came with the page. @returns {Promise<Detector>} */
async function detector() {
  const own = globalThis.BarcodeDetector;
  const formats = await own?.getSupportedFormats().catch(() => null);
  if (own && formats?.includes('qr_code')) return new own({ formats: ['qr_code'] });
  const { BarcodeDetector } = await import('../vendor/qr/decode.js');
  return new BarcodeDetector({ formats: ['qr_code'] });
}
