/** What the account says of its owner: where and when the day ends, and what stands under a letter. */

import { Refused } from './api.js';
import { $, on } from './dom.js';
import { badFields, clearBad } from './fields.js';
import { span } from './format.js';
import { zone } from './note.js';
import { changeMe, refreshMe } from './session.js';
import { W } from './settings-strings.js';
import { say } from './status.js';
import { state } from './store.js';
import { S } from './strings.js';

const NUMBERS = ['minutes_an_evening'];
const REQUIRED = ['name', 'timezone', 'day_boundary'];

/** @typedef {{latitude: number | null, longitude: number | null}} Place */

/** @param {HTMLElement} page @param {string} part */
export function show(page, part) {
  const form = /** @type {HTMLFormElement} */ ($('form', page));
  const controls = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('[name]')]);
  /** As the account stood when it was last looked at. @type {Record<string, any>} */
  let seen = {};
  const place = part === 'day' ? aboutPlace(form) : null;

  /** What nobody has touched shows how things stand now. */
  function fillIn() {
    const me = /** @type {Record<string, any> | null} */ (state.me);
    if (!me) return;
    for (const control of controls) {
      const value = String(me[control.name] ?? '');
      if (control.name in seen && control.value !== String(seen[control.name] ?? '')) continue;
      offer(control, value);
      control.value = value;
    }
    place?.fillIn(seen, me);
    seen = me;
  }

  function changes() {
    /** @type {Record<string, any>} */
    const typed = { ...place?.value() };
    for (const { name, value } of controls) {
      const given = NUMBERS.includes(name) ? Number(value) : value.trim();
      typed[name] = value.trim() ? given : (REQUIRED.includes(name) ? '' : null);
    }
    return Object.fromEntries(Object.entries(typed).filter(([name, value]) => value !== (seen[name] ?? null)));
  }

  on(form, 'submit', async (event) => {
    event.preventDefault();
    clearBad(form);
    try {
      say(await changeMe(changes()) ? S.changesKept : S.changesQueued);
    } catch (error) {
      if (error instanceof Refused) badFields(form, error.problem, error.problem.detail);
      else throw error;
    }
  });
  fillIn();
  refreshMe().catch(() => null);
  return fillIn;
}

/** Sundown is reckoned for a place, where one is told, else for the zone. @param {HTMLElement} form */
function aboutPlace(form) {
  const line = $('.place', form);
  /** @type {Place} */
  let place = { latitude: null, longitude: null };

  /** @param {Place} given */
  function put(given) {
    place = { latitude: given.latitude, longitude: given.longitude };
    line.textContent = reckoned();
    $('#forget-place', form).hidden = place.latitude === null;
  }

  function reckoned() {
    const { latitude, longitude } = place;
    return latitude !== null && longitude !== null ? W.placeKnown(latitude, longitude) : W.placeZone;
  }

  on($('#here', form), 'click', () => {
    const unknown = () => {
      line.textContent = `${W.placeUnknown} ${reckoned()}`;
    };
    if (!navigator.geolocation) return unknown();
    line.textContent = W.placeAsked;
    return navigator.geolocation.getCurrentPosition(({ coords }) => {
      const round = (/** @type {number} */ degrees) => Math.round(degrees * 100) / 100; // a town, not a doorstep
      put({ latitude: round(coords.latitude), longitude: round(coords.longitude) });
    }, unknown, { timeout: 10000 });
  });
  on($('#forget-place', form), 'click', () => put({ latitude: null, longitude: null }));
  return {
    value: () => place,
    /** @param {Record<string, any>} seen @param {Record<string, any>} me */
    fillIn(seen, me) {
      const touched = ['latitude', 'longitude'].some((name) =>
        name in seen && place[/** @type {keyof Place} */ (name)] !== seen[name]);
      if (!touched) put(/** @type {Place} */ (me));
    },
  };
}

/** The zones there are; and another program may have set what is not on a list. @param {HTMLInputElement} control */
function offer(control, /** @type {string} */ chosen) {
  if (control.name === 'timezone' && !control.querySelector('option')) {
    const names = new Set([chosen, zone(), 'UTC', ...(Intl.supportedValuesOf?.('timeZone') ?? [])]);
    control.append(...[...names].toSorted().map((name) => new Option(name.replaceAll('_', ' '), name)));
  }
  const values = [...control.querySelectorAll('option')].map((option) => option.value);
  if (control.tagName !== 'SELECT' || values.includes(chosen)) return;
  control.append(new Option(NUMBERS.includes(control.name) ? span(Number(chosen)) : chosen, chosen));
}
