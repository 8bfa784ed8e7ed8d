/** A browser by what it says of itself, as far as its owner would know it. Pure. */

/** The first that fits: most of them claim to be the later ones, too. @type {[RegExp, string][]} */
const BROWSERS = [
  [/\bEdg/, 'Edge'], [/\bOPR\//, 'Opera'], [/SamsungBrowser/, 'Samsung Internet'], [/Firefox|FxiOS/, 'Firefox'],
  [/Chrom|CriOS/, 'Chrome'], [/Safari/, 'Safari'],
];
/** @type {[RegExp, string][]} */
const SYSTEMS = [
  [/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Android/, 'Android'], [/CrOS/, 'ChromeOS'], [/Windows/, 'Windows'],
  [/Macintosh/, 'Mac'], [/Linux/, 'Linux'],
];

/** @param {string | null} agent the User-Agent @returns {{browser: string, system: string}} */
export function browserName(agent) {
  const find = (/** @type {[RegExp, string][]} */ names) => names.find(([sign]) => sign.test(agent ?? ''))?.[1] ?? '';
  const [browser, system] = [find(BROWSERS), find(SYSTEMS)];
  return { browser: browser || (system ? '' : (agent ?? '').split(/[/ ]/)[0]), system };
}
