/** What an evening would give under rules that are not saved yet: the server plans, nothing is kept. */

import { call, Refused } from './api.js';
import { $, clone } from './dom.js';
import { dayAndClock } from './format.js';
import { CHOICES, withOffset, zone } from './note.js';
import { W } from './settings-strings.js';

const EVENING = 19;

/**
 * @param {HTMLElement} place @param {() => object | undefined} draft the rules as they are switched now
 * @returns {(choice: string) => Promise<void>} look again, at an evening of that kind
 */
export function preview(place, draft) {
  const list = $('ul', place);
  const line = $('[role="status"]', place);
  let asked = 0;

  return async (choice) => {
    const playbook = draft();
    if (!playbook) return;
    asked += 1;
    const mine = asked;
    const tonight = new Date();
    tonight.setHours(EVENING, 0, 0, 0);
    const meeting = {
      ...CHOICES[choice], occurred_at: withOffset(tonight), timezone: zone(), talked_about: W.aTopic,
      ...(CHOICES[choice].round && { position: W.aPosition }),
    };
    try {
      const { data } = await call('POST', '/encounters/preview', { ...meeting, playbook });
      if (mine !== asked) return;
      list.replaceChildren(...data.tasks.map((/** @type {Task} */ task) =>
        clone('t-would', { title: task.title, when: W.by(dayAndClock(task.due_at)) })));
      line.textContent = data.tasks.length ? '' : W.nothingThen;
    } catch (error) {
      if (mine !== asked) return;
      list.replaceChildren();
      line.textContent = error instanceof Refused ? error.problem.detail : W.previewOffline;
    }
  };
}
