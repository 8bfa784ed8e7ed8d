/** A meeting as it is typed, and as the server takes it. Pure. */

import { localInput } from './format.js';
import { newId, withOffset } from './note.js';

/** Lists of a meeting, each with what an entry cannot be without. @type {Record<string, string>} */
export const LISTS = { gaps: 'asked', requested: 'what', promises: 'what' };
const TEXTS = ['mode', 'place', 'event', 'position', 'talked_about', 'card_note', 'outcome'];

/**
 * @typedef {{id: string, people: any[], names: Record<string, string>, fresh: string[], [field: string]: any}} Draft
 * `fresh` are people who have no card yet
 */

/** @param {Date} now @returns {Draft} */
export function blank(now) {
  const lists = Object.fromEntries(Object.keys(LISTS).map((name) => [name, []]));
  const texts = Object.fromEntries(TEXTS.map((name) => [name, '']));
  const begin = localInput(now);
  return {
    id: newId(), people: [], names: {}, fresh: [], kind: 'interview', round: '1', begin, end: '', self_rating: '',
    ...texts, ...lists,
  };
}

/** @param {any} met as the server or the queue tells it @param {Record<string, string>} names @returns {Draft} */
export function draftOf(met, names) {
  const text = (/** @type {any} */ value) => (value === null || value === undefined ? '' : String(value));
  const lists = Object.fromEntries(Object.keys(LISTS).map((name) => [name, structuredClone(met[name] ?? [])]));
  return {
    id: met.id, names, fresh: [], kind: met.kind, ...lists,
    people: structuredClone(met.people ?? []),
    begin: localInput(new Date(met.occurred_at)),
    end: met.ends_at ? localInput(new Date(met.ends_at)) : '',
    ...Object.fromEntries(['round', 'self_rating', ...TEXTS].map((name) => [name, text(met[name])])),
  };
}

/** What an entry holds once it is typed; those without the word that names them are left out. */
const entries = (/** @type {any[]} */ rows, /** @type {string} */ needed) => rows.filter(
  (row) => row[needed]?.trim()).map(tidy);
const tidy = (/** @type {any} */ row) => Object.fromEntries(Object.entries(row).map(
  ([name, value]) => [name, value === '' ? null : value]));

/** @param {Draft} draft @param {string} timezone @returns {Record<string, any>} */
export function bodyOf(draft, timezone) {
  const number = (/** @type {string} */ text) => (text === '' ? null : Number(text));
  return {
    people: draft.people.map(tidy),
    kind: draft.kind,
    round: draft.kind === 'interview' ? (number(draft.round) ?? 1) : null,
    occurred_at: withOffset(new Date(draft.begin)),
    ends_at: draft.end ? withOffset(new Date(draft.end)) : null,
    timezone,
    self_rating: number(draft.self_rating),
    ...Object.fromEntries(TEXTS.map((name) => [name, draft[name].trim() ? draft[name] : null])),
    ...Object.fromEntries(Object.entries(LISTS).map(([name, needed]) => [name, entries(draft[name], needed)])),
  };
}

/** What is told of a new one. @param {Record<string, any>} body */
export const given = (body) => Object.fromEntries(Object.entries(body).filter(
  ([, value]) => value !== null && !(Array.isArray(value) && !value.length)));

/** What is different. @param {Record<string, any>} before @param {Record<string, any>} after */
export const changes = (before, after) => Object.fromEntries(Object.entries(after).filter(
  ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])));

/** What is missing before it can be sent, as the server would say it. @param {Draft} draft @returns {string[]} */
export const missing = (draft) => [
  ...(draft.people.length ? [] : ['people']), ...(draft.begin ? [] : ['occurred_at']),
];
