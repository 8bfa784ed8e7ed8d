/** A list that only the server has: told where there is no signal, and shown as soon as there is. */

import { call, Refused } from './api.js';
import { $ } from './dom.js';
import { say } from './status.js';
import { trouble } from './store.js';
import { W } from './settings-strings.js';

/** The one in use first, then the ones used last. @param {any} one @param {any} other */
const byUse = (one, other) => Number(other.current ?? false) - Number(one.current ?? false)
  || (other.last_used_at ?? other.created_at).localeCompare(one.last_used_at ?? one.created_at);

/**
 * @param {HTMLElement} place with a list and a line for what there is to say
 * @param {string} path @param {(item: any) => HTMLElement} row @param {string} [nothing] said of an empty list
 */
export function listOf(place, path, row, nothing = '') {
  const line = $('[role="status"]', place);
  let loaded = false;

  async function load() {
    try {
      const { data } = await call('GET', path);
      loaded = true;
      $('ul', place).replaceChildren(...data.items.toSorted(byUse).map(row));
      line.textContent = data.items.length ? '' : nothing;
    } catch (error) {
      line.textContent = error instanceof Refused ? error.problem.detail : W.needsSignal;
      await trouble(error);
    }
  }

  return {
    load,
    again: () => {
      if (!loaded) load();
    },
    /**
     * Take one away; what is gone already is as good.
     * @param {string} method @param {string} address @param {string} said
     */
    async change(method, address, said) {
      try {
        await call(method, address);
      } catch (error) {
        if (!(error instanceof Refused)) return say(W.notNow);
        if (error.status !== 404) return say(error.problem.detail);
      }
      say(said);
      await load();
      return place.querySelector('h2')?.focus(); // the button that was pressed is gone
    },
  };
}
