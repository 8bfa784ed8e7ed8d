/** What a scanned or shared card says: vCard 2.1 to 4.0 and MECARD, as the fields of a note. Pure. */

/**
 * @typedef {{name?: string, company?: string, title?: string, emails?: string[], phones?: string[],
 *   postal_address?: string, linkedin_url?: string, website?: string}} Card
 * @typedef {{card: Card, rest: string[]}} Read `rest` is what found no field: more numbers, notes, more addresses
 * @typedef {{name: string, params: string, value: string}} Line
 */

export const FIELDS = ['name', 'company', 'title', 'emails', 'phones', 'postal_address', 'linkedin_url', 'website'];
/** As many as the server takes of a list. */
export const MOST = 20;
const LINE = 200;
/** Narrower than what is allowed: what the server would refuse is better kept in the text. */
const EMAIL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;
const WEB = /^https?:\/\/[^\s/?#]+\S*$/i;
const LINKEDIN = /^https?:\/\/([\w-]+\.)*linkedin\.com\//i;

/** @param {string} text @returns {Read} what is no card is a text, and the address of a profile is that as well */
export function read(text) {
  if (/^\s*BEGIN:VCARD/i.test(text)) return gather(vcardLines(text));
  if (/^\s*MECARD:/i.test(text)) return gather(mecardLines(text.trim()));
  const profile = LINKEDIN.test(text.trim()) && WEB.test(text.trim());
  return { card: profile ? { linkedin_url: text.trim() } : {}, rest: [text.trim()].filter(Boolean) };
}

/** @param {string} text @returns {Line[]} of the first card in it */
function vcardLines(text) {
  /** @type {string[]} */
  const lines = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const before = lines.at(-1) ?? '';
    if (/^[ \t]/.test(line) && lines.length) lines[lines.length - 1] += line.slice(1);
    else if (/;[^:]*QUOTED-PRINTABLE/i.test(before) && before.endsWith('=')) {
      lines[lines.length - 1] = before.slice(0, -1) + line;
    } else lines.push(line);
  }
  const end = lines.findIndex((line) => /^END:VCARD/i.test(line));
  return lines.slice(0, end < 0 ? undefined : end).flatMap((line) => {
    const found = /^(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^":;])*)*):(.*)$/.exec(line);
    if (!found) return [];
    const [, name, params, value] = found;
    const written = /QUOTED-PRINTABLE/i.test(params) ? unquoted(value, params) : value;
    return [{ name: name.toUpperCase(), params, value: written }];
  });
}

/** @param {string} text "=C3=A9" @param {string} params with its charset */
function unquoted(text, params) {
  const bytes = new Uint8Array([...text.matchAll(/=([0-9A-F]{2})|([^])/gi)].flatMap(([, hex, letter]) => (
    hex ? [parseInt(hex, 16)] : [...new TextEncoder().encode(letter)])));
  const charset = /CHARSET="?([\w-]+)/i.exec(params)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** @param {string} text "MECARD:N:Reyes,Dana;TEL:…;;" @returns {Line[]} */
function mecardLines(text) {
  return parts(text.replace(/^MECARD:/i, ''), ';').flatMap((part) => {
    const [, name, value] = /^([\w-]+):([^]*)$/.exec(part) ?? [];
    if (!name) return [];
    const known = name.toUpperCase();
    const turned = known === 'N' ? parts(value, ',').join(';') : value;
    return [{ name: known === 'ADR' ? 'LABEL' : known, params: '', value: turned }];
  });
}

/** Split where the sign is not escaped. @param {string} text @param {';' | ','} sign */
const parts = (text, sign) => text.split(sign === ';' ? /(?<!\\);/ : /(?<!\\),/);

/** @param {string} text */
function plain(text) {
  return text.replace(/\\([^])/g, (_, sign) => (sign === 'n' || sign === 'N' ? '\n' : sign)).trim();
}

/** The parts of a structured value that say something. @param {string} text */
const structured = (text) => parts(text, ';').map(plain).filter(Boolean);

/** @param {Line[]} lines @returns {Read} */
function gather(lines) {
  /** @param {string} name */
  const all = (name) => lines.filter((line) => line.name === name && line.value.trim());
  /** @param {string} name */
  const first = (name) => plain(all(name)[0]?.value ?? '');
  /** @type {string[]} */
  const rest = [];
  /** @param {string} text @param {boolean} fits @returns {boolean} */
  const fit = (text, fits) => {
    if (text && !fits) rest.push(text);
    return Boolean(text) && fits;
  };
  const name = first('FN') || inOrder(all('N')[0]?.value ?? '');
  const company = structured(all('ORG')[0]?.value ?? '').join(', ');
  const title = first('TITLE') || first('ROLE');
  const emails = once(all('EMAIL').map((line) => plain(line.value).replace(/^mailto:/i, '')));
  const phones = once(all('TEL').map((line) => plain(line.value).replace(/^tel:/i, '')));
  const urls = once(all('URL').map((line) => address(plain(line.value))));
  const linkedin = urls.find((url) => LINKEDIN.test(url));
  const website = urls.find((url) => url !== linkedin && WEB.test(url));
  const addresses = once(lines.flatMap(({ name: kind, value }) => (
    kind === 'ADR' ? addressOf(value) : kind === 'LABEL' ? plain(value) : [])));
  const kept = {
    emails: emails.filter((each, place) => fit(each, EMAIL.test(each) && place < MOST)),
    phones: phones.filter((each, place) => fit(each, each.length <= LINE && place < MOST)),
  };
  urls.filter((url) => url !== linkedin && url !== website).forEach((url) => rest.push(url));
  rest.push(...addresses.slice(1), ...all('NOTE').map((line) => plain(line.value)));
  /** @type {Record<string, string | string[] | undefined>} */
  const card = {
    name: fit(name, name.length <= LINE) ? name : '', company: fit(company, company.length <= LINE) ? company : '',
    title: fit(title, title.length <= LINE) ? title : '', ...kept, postal_address: addresses[0],
    linkedin_url: linkedin, website,
  };
  return { card: Object.fromEntries(Object.entries(card).filter(([, value]) => value?.length)), rest };
}

/** With the scheme that is often left out. @param {string} url */
const address = (url) => (/^[\w.-]+\.\w{2,}(\/|$)/.test(url) ? `https://${url}` : url);

/** "Reyes;Dana;M.;Dr.;" as it is said. @param {string} value */
function inOrder(value) {
  const [family, given, more, before, after] = parts(value, ';').map((part) => plain(part).replaceAll(',', ' '));
  return [before, given, more, family, after].filter(Boolean).join(' ');
}

/** Box, flat, street, town, region, code, country: a line each, but for code and town. @param {string} value */
function addressOf(value) {
  const [box, flat, street, town, region, code, country] = parts(value, ';').map(plain);
  return [box, flat, street, [code, town].filter(Boolean).join(' '), region, country].filter(Boolean).join('\n');
}

/** @param {string[]} texts */
const once = (texts) => [...new Set(texts.filter(Boolean))];

/** The card in words, for a text that is read by people. @param {Card} card */
export const inWords = ({ name, title, company }) => [name, title, company].filter(Boolean).join(', ');
