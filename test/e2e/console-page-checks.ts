/**
 * Runs in the page. Every text that is drawn, with less contrast to what is behind it than WCAG asks for
 * (4.5:1, 3:1 for large text). Colours are computed, so both themes and all states are measured as shown.
 */
export const FAINT_TEXTS = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const parse = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const opacity = (node) => {
    let all = 1;
    for (let at = node; at; at = at.parentElement) all *= Number(getComputedStyle(at).opacity);
    return all;
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || !node.checkVisibility({ visibilityProperty: true })) continue;
    // What only screen readers get, what waits for the pointer, and labels on slices of a chart.
    if (node.closest('.unseen, .skip, noscript, script, .share, title') || opacity(node) === 0) continue;
    const style = getComputedStyle(node);
    const behind = ground(node);
    const color = parse(node instanceof SVGElement ? style.fill : style.color);
    color[3] *= opacity(node);
    const [a, b] = [light(over(color, behind)), light(behind)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faint.push(text.data.trim().slice(0, 40) + ' ' + ratio.toFixed(2));
  }
  return faint;
})()`;

/** Runs in the page. Controls that a screen reader could only call "button". */
export const NAMELESS_CONTROLS = `[...document.querySelectorAll('button, a[href], input, textarea')]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }))
  .filter((node) => !(node.getAttribute('aria-label') ?? node.textContent).trim())
  .map((node) => node.outerHTML.slice(0, 120))`;
