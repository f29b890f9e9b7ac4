import { createCompletion } from './completion.js';
import { el, icon } from './dom.js';
import { forget, recall, remember } from './storage.js';

const SEND = 'M3 20.5 22 12 3 3.5 3 10l13 2-13 2Z';
const COMMAND = /^\/triage(?:\s+([\s\S]*))?$/i;
const OTHER_COMMAND = /^\/([a-z][\w-]*)(?:\s|$)/i;
const MOST_TEXT = 100_000;

let count = 0;

/** Where a person writes: in the channel, or in one thread. */
export function createComposer({ tools, place, label, onEscape, boxId }) {
  const { state, actions } = tools;
  const id = boxId ?? `message-box-${++count}`;
  const box = el('textarea', {
    id,
    rows: 1,
    'aria-label': label,
    'aria-describedby': `${id}-hint`,
    placeholder: label,
    autocomplete: 'off',
    enterkeyhint: 'send',
    'data-key': 'composer',
  });
  const button = el(
    'button',
    { class: 'primary send', type: 'submit', 'aria-label': 'Send' },
    icon(SEND, 18),
  );
  const hint = el('p', { class: 'hint', id: `${id}-hint` });
  const problem = el('p', { class: 'hint problem', role: 'alert' });
  const completion = createCompletion({ box, commands: () => state.commands, onPick: write });
  const node = el(
    'form',
    { class: 'composer', on: { submit } },
    completion.list,
    el('div', { class: 'composer-box' }, box, button),
    problem,
    hint,
  );
  let draftOf = '';

  hint.append(
    el('kbd', {}, 'Enter'),
    ' sends, ',
    el('kbd', {}, 'Shift'),
    ' ',
    el('kbd', {}, 'Enter'),
    ' new line, ',
    el('kbd', {}, '/'),
    ' commands',
  );

  box.addEventListener('input', changed);
  box.addEventListener('blur', () => completion.close());
  box.addEventListener('keydown', (event) => {
    if (completion.key(event)) event.preventDefault();
    else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
    else if (event.key === 'Escape' && onEscape) onEscape();
  });

  function changed() {
    problem.textContent = '';
    grow();
    completion.update();
    if (box.value) remember(draftName(), box.value);
    else forget(draftName());
  }

  /** As tall as what was written, up to the height that the style allows. */
  function grow() {
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
  }

  function write(text) {
    box.value = text;
    box.focus();
    box.setSelectionRange(text.length, text.length);
    changed();
  }

  function submit(event) {
    event.preventDefault();
    const text = box.value;
    if (text.trim() === '') return;
    const command = COMMAND.exec(text.trim());
    const other = OTHER_COMMAND.exec(text);
    if (text.length > MOST_TEXT) {
      problem.textContent = `That is longer than the ${MOST_TEXT.toLocaleString()} characters that fit. Keep the lines that matter.`;
    } else if (command) {
      actions.command(place(), command[1] ?? '');
      write('');
    } else if (other) {
      problem.textContent = `There is no command /${other[1]}, only /triage. To send it as a message, put a space before it.`;
    } else {
      actions.say(place(), text);
      write('');
    }
  }

  function draftName() {
    const { channel, thread } = place();
    return `draft.${channel}${thread ? `.${thread}` : ''}`;
  }

  return {
    node,
    write,
    focus: () => box.focus(),
    /** Another channel has another draft. */
    follow(words) {
      box.placeholder = words;
      box.setAttribute('aria-label', words);
      if (draftOf === draftName()) return;
      draftOf = draftName();
      box.value = recall(draftOf) ?? '';
      problem.textContent = '';
      completion.close();
      grow();
    },
  };
}
