/** What there was with a person, the latest first; what waits for signal stands on top. */

import { $, clone } from './dom.js';
import { eventPage, past } from './format.js';
import { P } from './people-strings.js';

/** @param {any} item of the server's timeline, or a touch or meeting that waits @param {boolean} waits */
export function timelineRow(item, waits) {
  const { title, text, how } = saidOf(item);
  const met = item.type === 'encounter';
  const row = clone('t-event', {
    title: met ? null : title,
    meeting: met ? title : null,
    text,
    when: [how, past(item.at)].filter(Boolean).join(' · '),
    event: met ? item.event : null,
    place: met ? item.place : null,
    waits: waits ? P.waitsForSignal : null,
  });
  if (met) $('a', row).setAttribute('href', `/encounters/${item.id}`);
  row.querySelector('.event__place a')?.setAttribute('href', eventPage(item.event));
  row.classList.toggle('event--quote', met);
  const { pictures = [] } = item;
  if (pictures.length) import('./picture.js').then(async (module) => row.append(await module.pictures(item)));
  row.dataset.key = `${item.id}/${waits}/${JSON.stringify([title, text, item.at, pictures])}`;
  return row;
}

/** @param {any} item @returns {{title: string, text: string | null, how?: string}} */
function saidOf(item) {
  if (item.type === 'encounter') {
    return { title: P.kindOf(item.kind, item.round), text: item.card_note || item.talked_about || null };
  }
  if (item.type === 'touch') {
    const needs = item.needs_answer ? P.needsAnswer : null;
    return { title: P.touched(item.direction, item.channel), text: [item.note, needs].filter(Boolean).join('\n') };
  }
  if (item.status === 'skipped') return { title: item.title, how: P.letGo, text: item.skip_reason };
  return { title: item.title, how: P.doneBy(item.channel), text: item.note };
}

/** Calls that wait, as the server's timeline will tell them. @param {Op[]} ops @param {string} id @returns {any[]} */
export function waitingItems(ops, id) {
  return ops.filter((op) => op.state !== 'parked').flatMap(({ what, method, body, target, at }) => {
    if (method !== 'POST') return [];
    if (what === 'touch' && target === id) return [{ type: 'touch', at: new Date(at).toISOString(), ...body }];
    const met = what === 'encounter' && body.people?.some((/** @type {any} */ each) => each.contact_id === id);
    return met ? [{ ...body, type: 'encounter', at: body.occurred_at }] : [];
  }).toReversed();
}
