/** Small helpers around the DOM: templates and text, never HTML strings. */

/** @param {string} selector @param {ParentNode} [root] @returns {HTMLElement} */
export function $(selector, root = document) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return /** @type {HTMLElement} */ (found);
}

/** The control of that name in a form. @param {ParentNode} form @param {string} name */
export function field(form, name) {
  return /** @type {HTMLInputElement} */ ($(`[name="${name}"]`, form));
}

/**
 * A copy of a template's only element; `texts` go where `data-text` names them, and null takes the place away.
 * @param {string} id @param {Record<string, string | null | undefined>} [texts]
 */
export function clone(id, texts = {}) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  const made = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
  fill(made, texts);
  return made;
}

/** @param {HTMLElement} root @param {Record<string, string | null | undefined>} texts */
export function fill(root, texts) {
  for (const place of [root, ...root.querySelectorAll('[data-text]')]) {
    const text = texts[/** @type {HTMLElement} */ (place).dataset.text ?? 'nothing'];
    if (text === null || text === '') place.remove();
    else if (text !== undefined) place.textContent = text;
  }
}

/** @param {EventTarget} target @param {string} type @param {(event: any) => void} listener */
export function on(target, type, listener) {
  target.addEventListener(type, listener);
}

/** @param {string} name */
export function mark(name) {
  performance.mark(name);
}

/** @type {Map<string, Promise<void>>} */
const styles = new Map();

/** Load a stylesheet that the first screen does without. @param {string} name */
export function style(name) {
  const known = styles.get(name);
  if (known) return known;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = `/css/${name}.css`;
  /** @type {Promise<void>} */
  const loaded = new Promise((resolve) => {
    link.onload = link.onerror = () => resolve();
  });
  styles.set(name, loaded);
  document.head.append(link);
  return loaded;
}

/** @type {Map<string, Promise<void>>} */
const sheets = new Map();

/**
 * Bring the templates that the first screen does without. Parsed as a document of its own: no HTML string is handled.
 * @param {string} name @returns {Promise<void>} rejected where there is no signal and no shelf
 */
export function templates(name) {
  const loading = sheets.get(name) ?? fetchTemplates(name);
  sheets.set(name, loading);
  loading.catch(() => sheets.delete(name));
  return loading;
}

/** @param {string} name @returns {Promise<void>} */
function fetchTemplates(name) {
  const request = new XMLHttpRequest();
  request.open('GET', `/templates/${name}.html`);
  request.responseType = 'document';
  return new Promise((resolve, reject) => {
    request.onerror = () => reject(new TypeError(`no templates: ${name}`));
    request.onload = () => {
      if (!request.responseXML || request.status !== 200) return reject(new TypeError(`no templates: ${name}`));
      document.body.append(...request.responseXML.querySelectorAll('template'));
      return resolve();
    };
    request.send();
  });
}

/** What a screen wants beside its module. @param {string} name of its templates */
export function dressed(name) {
  return Promise.all([style('sheet'), templates(name)]);
}

/** Do it when the page has nothing better to do. @returns {Promise<void>} */
export function idle() {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 300 });
    else setTimeout(resolve, 50);
  });
}
