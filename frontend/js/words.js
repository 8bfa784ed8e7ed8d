/** Finding people by words as the server does: folded, all of them asked for, the last as a beginning. Pure. */

const LONGEST_WORD = 64;
const APOSTROPHES = new Set("'’ʼ`´");
const STROKES = new Map(Object.entries({
  ø: 'o', đ: 'd', ð: 'd', ħ: 'h', ı: 'i', ł: 'l', ŧ: 't', ƀ: 'b', ɨ: 'i', ƶ: 'z', æ: 'ae', œ: 'oe', þ: 'th', ŋ: 'ng',
}));
/** Scripts written without spaces: each character is a word. */
const UNSPACED = new RegExp('[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff'
  + '\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]', 'u');
const CALLED = ['name', 'salutation', 'descriptor', 'company'];
export const TOLD = ['title', 'emails', 'phones', 'tags', 'how_met', 'how_i_can_help'];

/** Without case and accents. @param {string} text */
export function fold(text) {
  const plain = [...text].map((character) => lower(lower(character).normalize('NFKD')).normalize('NFKD')).join('');
  return [...plain].map((character) => (combines(character) ? '' : (STROKES.get(character) ?? character))).join('');
}

/** Each letter on its own, since a sigma at the end of a word is still a sigma. @param {string} text */
const lower = (text) => [...text].map((letter) => (letter === 'ı' ? letter : letter.toUpperCase())).join('')
  .replace(/./gsu, (letter) => letter.toLowerCase());

/** A mark that changes places with another one belongs to the letter before it. @param {string} character */
function combines(character) {
  if (!/\p{M}/u.test(character)) return false;
  const pairs = [`${character}\u0334`, `\u0345${character}`];
  return pairs.some((pair) => pair.normalize('NFD') !== pair);
}

/** The words of a text in order, as a query is cut. @param {string} text */
export function words(text) {
  return located(text).map(({ word }) => word);
}

/** As a source is read: around an apostrophe the whole is a word, too. @param {string} text */
export function indexed(text) {
  /** @type {string[]} */
  const found = [];
  const cut = located(text);
  for (const [place, { word, start }] of cut.entries()) {
    const before = cut[place - 1];
    if (before && start === before.end + 1 && APOSTROPHES.has(text[before.end])) {
      found.push((found.at(-1) + word).slice(0, LONGEST_WORD));
    }
    found.push(word);
  }
  return found;
}

/** @param {string} text */
function located(text) {
  /** @type {{word: string, start: number, end: number}[]} */
  const found = [];
  let open = false;
  let index = 0;
  for (const original of text) {
    for (const character of fold(original)) {
      const kind = kindOf(character);
      const end = index + original.length;
      const last = found.at(-1);
      if (kind === 'joins' && open && last) Object.assign(last, { end, word: last.word + character });
      else if (kind !== 'parts') found.push({ word: character, start: index, end });
      open = kind === 'joins';
    }
    index += original.length;
  }
  return found.map(({ word, ...where }) => ({ ...where, word: [...word].slice(0, LONGEST_WORD).join('') }));
}

/** @param {string} character */
function kindOf(character) {
  if (/\p{So}/u.test(character)) return 'alone';
  if (!/[\p{L}\p{N}\p{M}]/u.test(character) || APOSTROPHES.has(character) || /[\ufe00-\ufe0f]/.test(character)) {
    return 'parts';
  }
  return UNSPACED.test(character) ? 'alone' : 'joins';
}

/** @typedef {{whole: string[], beginning: string}} Query @param {string} typed @returns {Query | null} */
export function queryOf(typed) {
  const found = words(typed);
  return found.length ? { whole: found.slice(0, -1), beginning: found[found.length - 1] } : null;
}

/**
 * How near somebody is: 1 called so, 2 partly, 3 only spoken of so; 0 not at all.
 * @param {Query} query @param {string[]} called @param {string[]} told
 */
export function nearness({ whole, beginning }, called, told) {
  const says = (/** @type {string[]} */ some) => [
    ...whole.map((word) => some.includes(word)), some.some((word) => word.startsWith(beginning)),
  ];
  const [head, body] = [says(called), says(told)];
  if (head.every(Boolean)) return 1;
  if (!head.every((yes, place) => yes || body[place])) return 0;
  return head.some(Boolean) ? 2 : 3;
}

/** @param {any} person @param {string[]} fields */
function texts(person, fields) {
  const said = fields.flatMap((name) => person[name] ?? []);
  if (fields === TOLD) said.push(...(person.phones ?? []).map((/** @type {string} */ each) => each.replace(/\D/g, '')));
  return said.flatMap(indexed);
}

/**
 * Who of these is found, best first; of equals the order stays.
 * @template T @param {T[]} people @param {string} typed @returns {T[]}
 */
export function search(people, typed) {
  const query = queryOf(typed);
  if (!query) return [];
  const near = people.map((each) => ({ each, class: nearness(query, texts(each, CALLED), texts(each, TOLD)) }));
  return near.filter((one) => one.class).toSorted((one, other) => one.class - other.class).map(({ each }) => each);
}
