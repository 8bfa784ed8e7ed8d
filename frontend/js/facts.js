/** What is on a card: each fact is shown as text, and edited on its own where it stands. */

import { $, clone, field, on } from './dom.js';
import { badFields, clearBad } from './fields.js';
import { reconcile } from './rows.js';
import { P } from './people-strings.js';

/** The order they are shown in, and how each is typed. @type {[string, string][]} */
const FACTS = [
  ['name', 'line'], ['company', 'line'], ['title', 'line'], ['emails', 'list'], ['phones', 'list'],
  ['postal_address', 'text'], ['notes', 'text'], ['how_i_can_help', 'text'], ['how_met', 'text'],
  ['about_company', 'text'], ['linkedin_url', 'line'], ['linkedin_state', 'choice'], ['website', 'line'],
  ['tags', 'list'], ['tier', 'choice'], ['keep_in_touch_days', 'number'], ['new_year_card', 'choice'],
  ['do_not_contact', 'choice'], ['descriptor', 'line'], ['salutation', 'line'],
];
/** What the control of a kind is. @type {Record<string, [string, Record<string, string>]>} */
const CONTROLS = {
  line: ['input', { maxlength: '2000', autocomplete: 'off', dir: 'auto' }],
  list: ['textarea', { rows: '2', dir: 'auto' }],
  text: ['textarea', { rows: '4', maxlength: '20000', dir: 'auto' }],
  number: ['input', { type: 'number', min: '1', max: '3650' }],
  choice: ['select', {}],
};
/** How a phone's keyboard should be. @type {Record<string, Record<string, string>>} */
const KEYS = {
  emails: { inputmode: 'email', autocapitalize: 'off', spellcheck: 'false' },
  phones: { inputmode: 'tel' },
  linkedin_url: { inputmode: 'url', autocapitalize: 'off', spellcheck: 'false' },
  website: { inputmode: 'url', autocapitalize: 'off', spellcheck: 'false' },
};
/** @type {Record<string, any>} */
const NOTHING = { linkedin_state: 'none', do_not_contact: false };

/** @param {any} value @param {string} name */
const empty = (value, name) => value === undefined || value === null || value === '' || value === NOTHING[name]
  || (Array.isArray(value) && !value.length);

/**
 * @param {HTMLElement} place @param {() => any} card as it is shown now
 * @param {(name: string, value: any) => Promise<Problem | null>} save null when it is kept
 */
export function facts(place, card, save) {
  const [list, chips] = [$('.facts', place), $('.chips', place)];
  /** @type {Map<string, HTMLElement>} */
  const editors = new Map();

  function draw() {
    const shown = card();
    const names = FACTS.map(([name]) => name);
    const missing = names.filter((name) => empty(shown[name], name) && !editors.has(name));
    const there = names.filter((name) => !missing.includes(name));
    reconcile(list, there.map((name) => editors.get(name) ?? factRow(name, shown[name])));
    reconcile(chips, missing.map(chip));
    $('.facts__add', place).hidden = !chips.children.length;
  }

  /** @param {string} name @param {any} value */
  function factRow(name, value) {
    const row = clone('t-fact', { name: P.facts[name].name, value: asText(name, value) });
    row.dataset.key = `${name}=${JSON.stringify(value)}`;
    on($('button', row), 'click', () => edit(name));
    return row;
  }

  /** @param {string} name */
  function chip(name) {
    const row = clone('t-add-chip', { name: P.facts[name].name });
    row.dataset.key = name;
    on($('button', row), 'click', () => edit(name));
    return row;
  }

  /** @param {string} name */
  function edit(name) {
    const form = editorFor(name, card()[name]);
    const control = field(form, name);
    editors.set(name, form);
    const close = () => {
      editors.delete(name);
      draw();
      const next = place.querySelector(`[data-key^="${name}="] button, [data-key="${name}"] button`);
      /** @type {HTMLElement | null} */ (next)?.focus();
    };
    on(form, 'submit', async (event) => {
      event.preventDefault();
      clearBad(form);
      const value = fromText(name, control.value);
      if (JSON.stringify(value ?? null) === JSON.stringify(card()[name] ?? null)) return close();
      const button = /** @type {HTMLButtonElement} */ ($('.primary', form));
      button.disabled = true;
      const problem = await save(name, value);
      button.disabled = false;
      return problem ? badFields(form, problem, problem.detail) : close();
    });
    on(form, 'keydown', (pressed) => {
      if (pressed.key === 'Escape') close();
    });
    on($('.quiet', form), 'click', close);
    draw();
    control.focus();
  }

  draw();
  return { draw, editing: () => editors.size > 0 };
}

/** @param {string} name @param {any} value */
function editorFor(name, value) {
  const form = clone('t-edit', { name: P.facts[name].label ?? P.facts[name].name });
  const [tag, settings] = CONTROLS[kindOf(name)];
  const control = /** @type {HTMLInputElement} */ (document.createElement(tag));
  for (const [key, setting] of Object.entries({ name, ...settings, ...KEYS[name] })) control.setAttribute(key, setting);
  for (const [choice, label] of Object.entries(P.facts[name].choices ?? {})) control.append(new Option(label, choice));
  control.value = Array.isArray(value) ? value.join('\n') : String(value ?? '');
  $('label', form).append(control);
  form.dataset.key = `edit/${name}`;
  return form;
}

const kindOf = (/** @type {string} */ name) => FACTS.find(([each]) => each === name)?.[1] ?? 'line';

/** @param {string} name @param {any} value */
function asText(name, value) {
  const { choices, shown } = P.facts[name];
  return choices?.[String(value)] ?? shown?.(value) ?? (Array.isArray(value) ? value.join('\n') : String(value));
}

/** @param {string} name @param {string} text */
function fromText(name, text) {
  const kind = kindOf(name);
  if (kind === 'list') return text.split('\n').map((line) => line.trim()).filter(Boolean);
  if (kind === 'number') return text ? Number(text) : null;
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() ? text : null;
}
