/** The settings sheet: where and when the day ends, what stands under a letter, and the way out. */

import { open } from './actions.js';
import { call, Refused } from './api.js';
import { $, clone, dressed, field, on } from './dom.js';
import { badFields, clearBad } from './fields.js';
import { span } from './format.js';
import { zone } from './note.js';
import * as db from './db.js';
import { refreshMe, signOut } from './session.js';
import { say } from './status.js';
import { changed, onlyNotes, refresh, refreshSky, state, unsent } from './store.js';
import { S } from './strings.js';

const TEXTS = ['name', 'phone', 'best_hours', 'contact_email', 'linkedin_url', 'website', 'postal_address'];
const NUMBERS = ['minutes_an_evening'];
const REQUIRED = ['name', 'timezone', 'day_boundary'];

/** @param {(path: string) => void} go */
export async function openSettings(go) {
  await dressed('settings');
  const sheet = /** @type {HTMLDialogElement} */ (clone('t-settings'));
  const form = $('form', sheet);
  await refreshMe().catch(() => null);
  const { me } = state;
  if (!me) return;
  /** @type {{latitude: number | null, longitude: number | null}} */
  let place = { latitude: me.latitude, longitude: me.longitude };
  for (const name of TEXTS) field(form, name).value = String(me[/** @type {keyof Me} */ (name)] ?? '');
  zones(field(form, 'timezone'), me.timezone);
  field(form, 'day_boundary').value = me.day_boundary;
  field(form, 'sundown_at').value = me.sundown_at ?? '';
  minutes(field(form, 'minutes_an_evening'), me.minutes_an_evening);
  showPlace();
  $('.account-mail', sheet).textContent = me.email;

  function showPlace() {
    const { latitude, longitude } = place;
    const known = latitude !== null && longitude !== null;
    $('.place', form).textContent = known ? S.placeKnown(latitude, longitude) : S.placeZone;
    $('#forget-place', form).hidden = !known;
  }

  on($('#here', form), 'click', () => {
    const unknown = () => {
      $('.place', form).textContent = S.placeUnknown;
    };
    if (!navigator.geolocation) return unknown();
    return navigator.geolocation.getCurrentPosition(({ coords }) => {
      const round = (/** @type {number} */ degrees) => Math.round(degrees * 100) / 100; // a town, not a doorstep
      place = { latitude: round(coords.latitude), longitude: round(coords.longitude) };
      showPlace();
    }, unknown, { timeout: 10000 });
  });
  on($('#forget-place', form), 'click', () => {
    place = { latitude: null, longitude: null };
    showPlace();
  });
  on(form, 'submit', async (event) => {
    event.preventDefault();
    clearBad(form);
    /** @type {Record<string, any>} */
    const changes = { ...place };
    for (const name of [...TEXTS, ...NUMBERS, 'timezone', 'day_boundary', 'sundown_at']) {
      const value = field(form, name).value.trim();
      const given = NUMBERS.includes(name) ? Number(value) : value;
      changes[name] = value ? given : (REQUIRED.includes(name) ? '' : null);
    }
    try {
      await db.put('me', (await call('PATCH', '/me', changes)).data);
      await refreshSky(true);
      sheet.close();
      say(S.changesKept);
      await refresh();
    } catch (error) {
      if (error instanceof Refused) badFields(form, error.problem, error.problem.detail);
      else badFields(form, null, S.offline);
    }
  });
  on($('#sign-out', sheet), 'click', async () => {
    const question = $('.sure', sheet);
    const lost = unsent();
    if (lost.length && question.hidden) {
      question.hidden = false;
      question.textContent = S.signOutPending(lost.length, onlyNotes(lost));
      $('#sign-out', sheet).textContent = S.signOutAnyway;
      return;
    }
    sheet.close();
    await signOut();
    go('/sign-in');
  });
  open(sheet);
}

/** @param {HTMLInputElement} control @param {string} chosen */
function zones(control, chosen) {
  const names = new Set([chosen, zone(), 'UTC', ...(Intl.supportedValuesOf?.('timeZone') ?? [])]);
  const options = [...names].toSorted().map((name) => new Option(name.replaceAll('_', ' '), name));
  control.replaceChildren(...options);
  control.value = chosen;
}

/**
 * Another program may have set a number that is not on the list.
 * @param {HTMLInputElement} control @param {number | null} chosen
 */
function minutes(control, chosen) {
  const value = String(chosen ?? '');
  if (![...control.querySelectorAll('option')].some((option) => option.value === value)) {
    control.append(new Option(span(Number(chosen)), value));
  }
  control.value = value;
}

/** The phone has travelled: offer its zone once. */
export async function useZoneHere() {
  await db.put('me', (await call('PATCH', '/me', { timezone: zone() })).data);
  await refreshSky(true);
  await changed();
  await refresh();
}
