/** The composer: one free text, five kinds, Save. The text is sacred. */

import { $, field, mark, on } from './dom.js';
import { S } from './strings.js';

/**
 * @typedef {typeof import('./db.js')} Db
 * @typedef {typeof import('./note.js')} Notes
 * @param {HTMLElement} form
 * @param {{db: Db, notes: Notes, status: typeof import('./status.js'), saved: (op: Op) => void}} deps
 */
export function compose(form, { db, notes, status: { say, standing }, saved }) {
  const root = document.documentElement;
  const note = field(form, 'note');
  const event = field(form, 'event');
  const eventRow = $('.composer__event', form);
  const eventButton = $('#event-button', form);
  let saving = '';
  let hasAccount = false;
  /** The text as it was last given to the database. */
  let given = '';

  /** Write the draft at once; `data-draft` says when the latest text is kept. */
  async function keep() {
    const text = note.value;
    given = text;
    form.dataset.draft = 'writing';
    try {
      await db.keepDraft(text);
      if (given === text) form.dataset.draft = 'kept';
    } catch {
      say(S.notKept);
    }
  }

  /** @param {boolean} dark */
  function dim(dark) {
    if (dark === 'dim' in root.dataset) return;
    if (dark) root.dataset.dim = '';
    else delete root.dataset.dim;
    if (dark) history.pushState({ dim: true }, '');
    else if (history.state?.dim) history.back();
    else if (location.pathname === '/log') history.replaceState(null, '', '/');
  }

  function leave() {
    note.blur();
    eventRow.hidden = true;
    eventButton.setAttribute('aria-expanded', 'false');
    dim(false);
  }

  const choice = () => /** @type {HTMLInputElement} */ (form.querySelector('[name="kind"]:checked')).value;

  /** @param {Habit} habit */
  function adopt(habit) {
    field(form, 'event').value = habit.event;
    $(`[name="kind"][value="${habit.choice}"]`, form).click();
    eventButton.textContent = S.event(habit.event);
  }

  async function save() {
    const text = note.value.trim() || !('attached' in form.dataset) ? note.value : S.cardAlone;
    if (!text.trim()) {
      say(S.nothingToSave);
      note.focus();
      return;
    }
    if (text === saving) return;
    saving = text;
    const op = notes.captureOp(text, choice(), event.value.trim());
    try {
      await db.saveNote(op, { choice: choice(), event: event.value.trim(), at: Date.now() });
      mark('note-durable');
      $('#attached', form).replaceChildren();
      delete form.dataset.attached;
      note.value = note.value.startsWith(text) ? note.value.slice(text.length) : note.value;
      given = '';
      standing('');
      if (note.value) keep();
      saved(op);
      say(S.saved, {
        undo: () => document.dispatchEvent(new CustomEvent('undo-op', { detail: op })),
        link: hasAccount ? undefined : { href: '/join', text: S.needsAccount },
      });
    } catch (error) {
      say(/** @type {Error} */ (error).name === 'QuotaExceededError' ? S.full : S.notKept);
    } finally {
      saving = '';
      note.focus();
    }
  }

  /**
   * What comes along with the text has modules of its own.
   * @param {(attach: typeof import('./attach.js')) => void} act
   */
  const attach = (act) => void import('./attach.js').then(act, () => say(S.offline));

  on(note, 'input', keep);
  on($('#photo', form), 'change', ({ target }) => attach(({ photo }) => photo(target)));
  on($('#scan', form), 'click', () => attach(({ scanCard }) => scanCard(handle)));
  on(note, 'focus', () => dim(true));
  on(document, 'visibilitychange', () => {
    if (document.visibilityState === 'hidden' && note.value !== given) keep();
  });
  on(form, 'submit', (submitted) => {
    submitted.preventDefault();
    save();
  });
  on(form, 'keydown', (pressed) => {
    if (pressed.key === 'Enter' && (pressed.ctrlKey || pressed.metaKey)) save();
  });
  on(document, 'keydown', (pressed) => {
    if (pressed.key === 'Escape' && 'dim' in root.dataset && !document.querySelector('dialog')) leave();
  });
  on(window, 'popstate', () => {
    if ('dim' in root.dataset && !history.state?.dim && location.pathname !== '/log') leave();
  });
  on($('#leave', form), 'click', leave);
  on(event, 'input', () => {
    eventButton.textContent = S.event(event.value.trim());
  });
  on(eventButton, 'click', () => {
    eventRow.hidden = !eventRow.hidden;
    eventButton.setAttribute('aria-expanded', String(!eventRow.hidden));
    (eventRow.hidden ? note : event).focus();
  });
  on($('#tonight', form), 'click', () => {
    adopt({ choice: 'mixer', event: '', at: 0 });
    db.put('habit', undefined);
    leave();
  });
  lightUpOutside(leave);

  async function begin() {
    try {
      const { draft, habit, me, more } = await db.beginnings();
      if (more) attach(({ begin: beginToo }) => beginToo(handle));
      hasAccount = Boolean(me);
      adopt(notes.current(habit, Date.now()));
      const typed = note.value === draft ? '' : note.value; // before the draft was back
      const text = [draft, typed].filter(Boolean).join('\n');
      if (text !== note.value) note.value = text;
      if (text && text !== draft) keep();
      else given = text;
    } catch {
      say(S.notKept);
    }
    if (location.search === '?shared=lost') say(S.sharedLost);
    if (location.search) history.replaceState(null, '', location.pathname);
    if ('dim' in root.dataset) note.focus();
    mark('composer-ready');
  }

  const handle = {
    begin,
    leave,
    writing: () => Boolean(note.value.trim()),
    /** @param {boolean} known */
    account(known) {
      hasAccount = known;
    },
    /** Put a text back, before whatever has been written since. @param {string} text */
    restore(text) {
      note.value = note.value ? `${text}\n${note.value}` : text;
      keep();
      note.focus();
    },
  };
  return handle;
}

/** In dim mode a finger on the dark part only brings the light back; what lies there is not pressed unseen. */
function lightUpOutside(/** @type {() => void} */ leave) {
  let unseen = false;
  const above = $('.scroll');
  const dark = () => 'dim' in document.documentElement.dataset;
  on(above, 'pointerdown', (down) => {
    unseen = dark() && down.pointerType !== 'mouse';
    if (dark()) leave();
  });
  above.addEventListener('click', (click) => {
    if (unseen) click.preventDefault();
    if (unseen) click.stopPropagation();
    unseen = false;
  }, true);
  on(above, 'focusin', () => {
    if (dark()) leave();
  });
}
