/** The playbook: a switch for each rule, and what the rules would give before they are saved. */

import { call, Refused } from './api.js';
import { $, clone, field, on } from './dom.js';
import { span } from './format.js';
import { CHOICES } from './note.js';
import { preview } from './preview.js';
import { say } from './status.js';
import { trouble } from './store.js';
import { W } from './settings-strings.js';

const BY_EMAIL = 'write_by_email';

/** @param {HTMLElement} page */
export function show(page) {
  const form = $('form', page);
  const byEmail = field(form, BY_EMAIL);
  /** The rules in force. @type {Playbook | undefined} */
  let rules;
  /** What was switched here since. @type {Map<string, boolean>} */
  const switched = new Map();
  const draft = () => rules && {
    [BY_EMAIL]: byEmail.checked,
    rules: rules.rules.map((rule) => ({ ...rule, on: switched.get(rule.id) ?? rule.on })),
  };
  const look = preview($('.preview', page), draft);

  async function load() {
    try {
      put((await call('GET', '/playbook')).data);
    } catch (error) {
      $('.state', page).textContent = error instanceof Refused ? error.problem.detail : W.needsSignal;
      await trouble(error);
    }
  }

  /** @param {Playbook} given */
  function put(given) {
    rules = given;
    byEmail.checked = switched.get(BY_EMAIL) ?? given.write_by_email;
    const groups = [...Object.keys(W.after), null].map((kind) =>
      group(kind, given.rules.filter((rule) => rule.kind === kind)));
    $('.rules', page).replaceChildren(...groups.slice(0, -1));
    $('details .rules', page).replaceChildren(...groups.slice(-1));
    $('.state', page).textContent = given.nothing_for.map(W.nothingAfter).join(' ');
    form.hidden = false;
    turn();
  }

  /** To the kind that was chosen. */
  function turn() {
    const choice = /** @type {HTMLInputElement} */ ($('[name="choice"]:checked', page)).value;
    const { kind } = CHOICES[choice];
    for (const part of page.querySelectorAll('[data-kind]')) {
      /** @type {HTMLElement} */ (part).hidden = /** @type {HTMLElement} */ (part).dataset.kind !== kind;
    }
    look(choice);
  }

  /** @param {string | null} kind @param {Rule[]} some */
  function group(kind, some) {
    const part = clone('t-rules', { name: kind ? W.after[kind] : W.afterAny });
    if (kind) part.dataset.kind = kind;
    else $('legend', part).className = 'unseen'; // what is unfolded says it already
    $('.options', part).append(...some.map((rule) => {
      const row = clone('t-rule', { name: W.rules[rule.id] ?? rule.title, why: W.rule(rule.why, span(rule.minutes)) });
      const input = /** @type {HTMLInputElement} */ ($('input', row));
      input.checked = switched.get(rule.id) ?? rule.on;
      for (const [at, name] of Object.entries({ labelledby: 'name', describedby: 'why' })) {
        const text = $(`[data-text="${name}"]`, row);
        text.id = `${name}-${rule.id}`;
        input.setAttribute(`aria-${at}`, text.id);
      }
      on(input, 'change', () => flip(rule.id, input.checked));
      return row;
    }));
    return part;
  }

  /** @param {string} name @param {boolean} yes */
  function flip(name, yes) {
    switched.set(name, yes);
    turn();
  }

  on($('.kinds', page), 'change', turn);
  on(byEmail, 'change', () => flip(BY_EMAIL, byEmail.checked));
  on(form, 'submit', async (event) => {
    event.preventDefault();
    const line = $('.form__error', form);
    line.textContent = '';
    if (!rules) return;
    try {
      const { data } = await call('PUT', '/playbook', draft(), { 'If-Match': `"${rules.version}"` });
      switched.clear();
      put(data);
      say(W.rulesKept);
    } catch (error) {
      const changed = error instanceof Refused && error.status === 412;
      line.textContent = changed ? W.rulesChanged : error instanceof Refused ? error.problem.detail : W.notNow;
      if (changed) put(error.problem.current);
    }
  });
  load();
  return () => {
    if (!rules) load();
  };
}
