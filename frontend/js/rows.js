/** Lists that change while somebody looks at them. */

/**
 * Put these rows into the list; what stands there under the same key stays, so that nothing jumps and no focus is lost.
 * @param {HTMLElement} list @param {HTMLElement[]} rows each with `data-key`
 */
export function reconcile(list, rows) {
  const old = new Map([...list.children].map((row) => [/** @type {HTMLElement} */ (row).dataset.key, row]));
  rows.forEach((fresh, place) => {
    const row = old.get(fresh.dataset.key) ?? fresh;
    if (list.children[place] !== row) list.insertBefore(row, list.children[place] ?? null);
  });
  while (list.children.length > rows.length) list.lastElementChild?.remove();
}
