const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an element. Text only ever becomes a text node, so nothing that somebody wrote can turn into markup.
 * Handlers are given as `on: { click }`, everything else is an attribute.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (tag === 'button') node.type = 'button';
  return fill(node, attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, { on = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    node.setAttribute(name, value === true ? '' : String(value));
  }
  for (const [type, handler] of Object.entries(on)) node.addEventListener(type, handler);
  node.append(
    ...children.flat().filter((child) => child !== undefined && child !== null && child !== false),
  );
  return node;
}

/** Makes the children exactly these, moving as few as possible: a moved node loses focus and selection. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let next = parent.firstChild;
  for (const node of nodes) {
    if (node === next) next = next.nextSibling;
    else parent.insertBefore(node, next);
  }
}

/** Puts `fresh` where `old` is, and the focus back on the control that had it. */
export function swap(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : undefined;
  const key = focused?.getAttribute('data-key');
  old.replaceWith(fresh);
  if (!key) return;
  const heir = [...fresh.querySelectorAll('[data-key]')].find(
    (node) => node.getAttribute('data-key') === key,
  );
  (heir ?? fresh.querySelector('button, a'))?.focus({ preventScroll: true });
}

/** A small drawing that says nothing by itself: words stand beside it. */
export function icon(path, size = 16) {
  return svg(
    'svg',
    { viewBox: '0 0 24 24', width: size, height: size, 'aria-hidden': 'true', class: 'icon' },
    svg('path', { d: path }),
  );
}
