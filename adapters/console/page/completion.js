import { el } from './dom.js';

let count = 0;

/**
 * The list that opens while a command is typed: a combobox in ARIA's words. The text keeps the focus; the
 * list only says which option is marked.
 */
export function createCompletion({ box, commands, onPick }) {
  const id = `completion-${++count}`;
  const list = el('ul', {
    class: 'completion',
    id,
    role: 'listbox',
    'aria-label': 'Commands',
    hidden: true,
  });
  let options = [];
  let marked = -1;
  let closedFor;

  box.setAttribute('role', 'combobox');
  box.setAttribute('aria-autocomplete', 'list');
  box.setAttribute('aria-controls', id);
  box.setAttribute('aria-expanded', 'false');

  function update() {
    const typed = box.value;
    if (typed !== closedFor) closedFor = undefined;
    const found = closedFor === undefined && box.selectionEnd === typed.length ? offers(typed) : [];
    // Once the command stands there whole, Enter must send it and not pick something else.
    const whole = typed.toLowerCase().trimEnd() === '/triage';
    show(found, whole ? -1 : 0);
  }

  function offers(typed) {
    if (!typed.startsWith('/') || typed.includes('\n')) return [];
    const start = typed.toLowerCase();
    const all = [
      { insert: '/triage ', name: '/triage …', summary: 'Say what is wrong, in your own words' },
      ...commands().map(({ name, usage, summary }) => ({
        insert: `/triage ${name}`,
        name: `/triage ${usage}`,
        summary,
      })),
    ];
    return all.filter(
      ({ insert }) => insert.startsWith(start) && insert.trimEnd() !== start.trimEnd(),
    );
  }

  function show(found, mark) {
    options = found;
    marked = found.length === 0 ? -1 : mark;
    list.hidden = found.length === 0;
    box.setAttribute('aria-expanded', String(found.length > 0));
    list.replaceChildren(
      ...found.map(({ name, summary }, i) =>
        el(
          'li',
          {
            id: `${id}-${i}`,
            role: 'option',
            'aria-selected': 'false',
            on: {
              // Before the text loses the focus.
              mousedown: (event) => {
                event.preventDefault();
                pick(i);
              },
            },
          },
          el('code', {}, name),
          el('span', {}, summary),
        ),
      ),
    );
    drawMark();
  }

  function drawMark() {
    for (const [i, node] of [...list.children].entries()) {
      node.setAttribute('aria-selected', String(i === marked));
      if (i === marked) node.scrollIntoView({ block: 'nearest' });
    }
    if (marked < 0) box.removeAttribute('aria-activedescendant');
    else box.setAttribute('aria-activedescendant', `${id}-${marked}`);
  }

  function pick(i) {
    const option = options[i];
    show([], -1);
    if (option) onPick(option.insert);
  }

  function move(by) {
    // From nothing marked, up goes to the last one.
    marked = (Math.max(marked, by < 0 ? 0 : -1) + by + options.length) % options.length;
    drawMark();
  }

  return {
    list,
    update,
    close: () => show([], -1),
    /** True when the key was for the list. */
    key(event) {
      if (options.length === 0 || event.isComposing) return false;
      if (event.key === 'ArrowDown') move(1);
      else if (event.key === 'ArrowUp') move(-1);
      else if (event.key === 'Tab' && !event.shiftKey) pick(Math.max(0, marked));
      else if (event.key === 'Enter' && !event.shiftKey && marked >= 0) pick(marked);
      else if (event.key === 'Escape') {
        closedFor = box.value;
        show([], -1);
      } else return false;
      return true;
    },
  };
}
