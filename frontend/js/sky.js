/** The thin horizon: the sun on its way down, and a dot for each thing due today, which sets when done. */

import { clone } from './dom.js';
import { span } from './format.js';
import { S } from './strings.js';

const DOTS_AT_MOST = 12;
const APART = 18;
const GOLDEN_MINUTES = 75;
const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {View} view @param {number} settled how many of today's are done
 * @returns {HTMLElement}
 */
export function horizon(view, settled) {
  const now = Date.parse(view.now);
  const left = (Date.parse(view.sundown.today) - now) / 60000;
  const today = view.groups.find((group) => group.name === 'today')?.tasks ?? [];
  const midnight = today.filter((task) => task.by === 'midnight');
  const emails = midnight.every((task) => task.channel === 'email');
  const down = midnight.length ? S.stillInTime(midnight.length, emails) : S.sunIsDown;
  const sky = clone('t-sky', { light: left > 0 ? S.daylight(span(left)) : down });
  const { x, y } = sunAt(left);
  for (const disc of sky.querySelectorAll('.sky__sun, .sky__glow')) {
    disc.setAttribute('cx', x.toFixed(1));
    disc.setAttribute('cy', y.toFixed(1));
  }
  sky.classList.toggle('sky--gold', left > 0 && left <= GOLDEN_MINUTES);
  sky.classList.toggle('sky--night', left <= 0);
  const dots = /** @type {SVGElement} */ (sky.querySelector('.sky__dots'));
  const total = Math.min(DOTS_AT_MOST, today.length + settled);
  for (let index = 0; index < total; index += 1) {
    const dot = document.createElementNS(SVG, 'circle');
    dot.setAttribute('cx', String(180 + (index - (total - 1) / 2) * APART));
    dot.setAttribute('cy', '45');
    dot.setAttribute('r', '3');
    dot.setAttribute('class', index < total - Math.min(settled, total) ? 'sky__dot' : 'sky__dot sky__dot--set');
    dots.append(dot);
  }
  return sky;
}

/** Where the sun stands, so many minutes before it sets. @param {number} left */
export function sunAt(left) {
  const height = Math.sin(Math.min(Math.max(left, -40) / 720, 0.5) * Math.PI);
  const along = 1 - Math.min(Math.max(left, 0) / 720, 1);
  return { x: 24 + along * 312, y: 50 - height * 36 + (left < 0 ? 5 : 0) };
}
