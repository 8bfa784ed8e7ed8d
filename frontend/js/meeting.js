/** A meeting in full: who was there, what was said, asked, wanted and promised. Kept with each keystroke. */

import { call, Refused } from './api.js';
import { $, clone, on } from './dom.js';
import { badFields, clearBad } from './fields.js';
import { dayAndClock } from './format.js';
import { keepSeen, people, seen } from './known.js';
import { bodyOf, blank, changes, draftOf, given, LISTS, missing } from './meeting-body.js';
import { keep, kept } from './meeting-draft.js';
import { newOp, zone } from './note.js';
import { submit } from './outbox.js';
import { P } from './people-strings.js';
import { mine, trouble } from './store.js';
import { S } from './strings.js';
import { nameOf } from './task-row.js';
import { who } from './who.js';

/** @typedef {import('./meeting-body.js').Draft} Draft */

/** @param {HTMLElement} main @param {string} id "new", or of one to be changed @param {() => boolean} current */
export async function show(main, id, current) {
  if (id === 'new') return void tell(main, (await kept()) ?? blank(new Date()), null, current);
  let etag = null;
  let met = await seen('meeting', id);
  let told = '';
  try {
    const answer = await call('GET', `/encounters/${id}`);
    [met, etag] = [answer.data, answer.etag];
    await keepSeen('meeting', id, met);
  } catch (error) {
    await trouble(error);
    met ??= mine().find((op) => op.what === 'encounter' && op.method === 'POST' && op.body.id === id)?.body;
    told = error instanceof Refused ? error.problem.detail : S.offline;
  }
  if (!current()) return undefined;
  if (!met) return main.replaceChildren(clone('t-hint', { text: told }));
  for (const op of mine()) if (op.method === 'PATCH' && op.path === `/encounters/${id}`) met = { ...met, ...op.body };
  const names = await namesOf(met);
  const draft = (await kept(id)) ?? draftOf(met, names);
  if (!current()) return undefined;
  return tell(main, draft, { met, etag, body: bodyOf(draftOf(met, names), met.timezone) }, current);
}

/** @param {any} met @returns {Promise<Record<string, string>>} */
async function namesOf(met) {
  const known = new Map((await people()).map((each) => [each.id, nameOf(each)]));
  const ids = met.people.map((/** @type {any} */ each) => each.contact_id);
  const names = await Promise.all(ids.map(async (/** @type {string} */ each) => [each, known.get(each)
    ?? await call('GET', `/contacts/${each}`).then(({ data }) => nameOf(data), () => P.someone)]));
  return Object.fromEntries(names);
}

/**
 * @param {HTMLElement} main @param {Draft} draft @param {{met: any, etag: string | null, body: any} | null} before
 * @param {() => boolean} current
 */
function tell(main, draft, before, current) {
  const page = clone('t-meeting', { title: before ? P.changeMeeting : P.logMeeting });
  const form = $('form', page);
  const key = before ? draft.id : undefined;
  const changed = () => keep(draft, key).catch(() => null);
  who(form, draft, changed);
  bindAll(form, draft);
  for (const name of Object.keys(LISTS)) entriesOf(name);
  fit();
  if (before) showTasks(page, before.met.tasks ?? [], draft.names);
  main.replaceChildren(page);

  /** @param {HTMLElement} part @param {Record<string, any>} into */
  function bindAll(part, into) {
    for (const control of part.querySelectorAll('[data-field]')) bind(/** @type {HTMLInputElement} */ (control), into);
  }

  /** What is typed goes into the draft. @param {HTMLInputElement} control @param {Record<string, any>} into */
  function bind(control, into) {
    const name = control.dataset.field ?? '';
    const box = control.type === 'checkbox';
    if (control.type === 'radio') control.checked = into[name] === control.value;
    else if (box) control.checked = Boolean(into[name]);
    else control.value = into[name] ?? '';
    on(control, 'input', () => {
      into[name] = box ? control.checked : control.value;
      fit();
      changed();
    });
  }

  function fit() {
    for (const part of form.querySelectorAll('.interview')) {
      /** @type {HTMLElement} */ (part).hidden = draft.kind !== 'interview';
    }
    for (const [name, needed] of Object.entries(LISTS)) {
      const count = draft[name].filter((/** @type {any} */ row) => row[needed]?.trim()).length;
      $(`.${name} .count`, form).textContent = count ? ` (${count})` : '';
    }
  }

  /** @param {string} name of a list */
  function entriesOf(name) {
    const list = $(`.${name} ul`, form);
    const draw = () => list.replaceChildren(...draft[name].map((/** @type {any} */ entry) => {
      const row = clone(`t-${name}`);
      bindAll(row, entry);
      on($('.remove', row), 'click', () => {
        draft[name] = draft[name].filter((/** @type {any} */ each) => each !== entry);
        draw();
        fit();
        changed();
        $(`.${name} .add`, form).focus();
      });
      return row;
    }));
    on($(`.${name} .add`, form), 'click', () => {
      draft[name].push(name === 'promises' ? { by: 'mine' } : {});
      draw();
      /** @type {HTMLElement | null} */ (list.lastElementChild?.querySelector('[data-field]') ?? null)?.focus();
    });
    draw();
    /** @type {HTMLDetailsElement} */ ($(`.${name}`, form)).open = draft[name].length > 0;
  }

  on(form, 'submit', async (event) => {
    event.preventDefault();
    clearBad(form);
    const lacks = missing(draft).map((name) => ({ pointer: `/${name}`, detail: P.missing[name] }));
    if (lacks.length) return badFields(form, /** @type {Problem} */ ({ detail: '', errors: lacks }), '');
    const button = /** @type {HTMLButtonElement} */ ($('[type="submit"]', form));
    button.disabled = true;
    nameEntries(form);
    const { sent, problem } = await submit(opsOf(draft, before), current);
    button.disabled = false;
    if (!current()) return undefined;
    if (problem) return badFields(form, problem, problem.detail);
    await keep(undefined, key);
    return finished(main, draft, sent, current);
  });
  on($('[data-do="discard"]', form), 'click', async () => {
    await keep(undefined, key);
    document.dispatchEvent(new CustomEvent('go', { detail: '/' }));
  });
}

/** The server speaks of entries by their number, without those left empty. @param {HTMLElement} form */
function nameEntries(form) {
  for (const [name, needed] of Object.entries(LISTS)) {
    let number = 0;
    for (const row of form.querySelectorAll(`.${name} li`)) {
      const full = /** @type {HTMLInputElement} */ ($(`[data-field="${needed}"]`, row)).value.trim();
      for (const control of row.querySelectorAll('[data-field]')) {
        const own = `${name}/${number}/${/** @type {HTMLElement} */ (control).dataset.field}`;
        /** @type {HTMLInputElement} */ (control).name = full ? own : '';
      }
      if (full) number += 1;
    }
  }
}

/** @param {Draft} draft @param {{met: any, etag: string | null, body: any} | null} before */
function opsOf(draft, before) {
  const fresh = draft.people.filter((each) => draft.fresh.includes(each.contact_id)).map(({ contact_id: id }) => newOp(
    'POST', '/contacts', { id, name: draft.names[id] }, { what: 'contact', target: id }));
  const body = bodyOf(draft, before ? before.met.timezone : zone());
  const about = /** @type {const} */ ({ what: 'encounter', target: draft.id });
  if (!before) return [...fresh, newOp('POST', '/encounters', { id: draft.id, ...given(body) }, about)];
  const base = { seen: before.met, etag: before.etag };
  const changed = changes(before.body, body);
  const path = `/encounters/${draft.id}`;
  return [...fresh, ...(Object.keys(changed).length ? [newOp('PATCH', path, changed, { ...about, base })] : [])];
}

/**
 * What comes of it.
 * @param {HTMLElement} main @param {Draft} draft @param {boolean} sent @param {() => boolean} current
 */
async function finished(main, draft, sent, current) {
  const page = clone('t-meeting-kept', { text: sent ? null : P.comesWithSignal });
  main.replaceChildren(page);
  $('h1', page).focus({ preventScroll: true });
  if (!sent) return;
  const answer = await call('GET', `/encounters/${draft.id}`).catch(() => null);
  if (answer && current()) showTasks(page, answer.data.tasks, draft.names);
}

/** @param {HTMLElement} page @param {any[]} tasks @param {Record<string, string>} names */
function showTasks(page, tasks, names) {
  const block = clone('t-what-follows');
  const rows = tasks.filter((task) => task.status === 'open').map((task) => {
    const row = clone('t-follows', { title: task.title, name: names[task.contact_id], when: dayAndClock(task.act_at) });
    $('a', row).setAttribute('href', `/people/${task.contact_id}`);
    return row;
  });
  $('ul', block).replaceChildren(...rows);
  $('.hint', block).hidden = rows.length > 0;
  $('.follows', page).replaceChildren(block);
  $('.follows', page).hidden = false;
}
