import { el, icon } from './dom.js';

const THUMB =
  'M7 10.5V20H4a1 1 0 0 1-1-1v-7.5a1 1 0 0 1 1-1Zm2-.3 3.6-6.4c.3-.6.9-.9 1.5-.7 1.2.3 1.9 1.6 1.5 2.8L14.7 9H19a2 2 0 0 1 2 2.4l-1.3 7A2 2 0 0 1 17.7 20H9Z';

/**
 * A control that is under way stays focusable and says so, instead of being disabled: a disabled button
 * throws the keyboard's focus away.
 */
function control(context, { key, label, className, pressed, name, run }, ...inside) {
  const { busy, waiting } = context.clicks;
  const mine = busy.includes(key);
  const click = () => busy.length === 0 && run();
  return el(
    'button',
    {
      class: `${className}${mine ? ' busy' : ''}`,
      'data-key': key,
      'aria-disabled': busy.length > 0 ? 'true' : undefined,
      'aria-busy': mine ? 'true' : undefined,
      'aria-pressed': pressed === undefined ? undefined : String(pressed),
      'aria-label': name,
      on: { click },
    },
    ...inside,
    label,
    mine && waiting && ' (waiting for the connection)',
  );
}

export function drawButtons({ buttons }, context) {
  const { surface, actions, incidentId } = context;
  return el(
    'div',
    { class: 'buttons' },
    buttons.map(({ action, label, value, style }) => {
      const key = `button:${action}:${value ?? ''}`;
      const said = { incidentId, action, ...(value === undefined ? {} : { value }) };
      const run = () => actions.act(surface, key, said);
      return control(context, { key, label, className: style ?? 'plain', run });
    }),
  );
}

export function drawChoices({ action, prompt, options }, context) {
  const { surface, actions, incidentId } = context;
  return el(
    'div',
    { class: 'choices', role: 'group', 'aria-label': prompt },
    el('p', { class: 'choices-prompt' }, prompt),
    el(
      'div',
      { class: 'choices-options' },
      options.map(({ value, label }) => {
        const key = `choice:${action}:${value}`;
        const run = () => actions.act(surface, key, { incidentId, action, value });
        return control(context, { key, label, className: 'choice', run });
      }),
    ),
  );
}

export function drawVote({ up, down }, context) {
  const { surface, actions, incidentId, vote } = context;
  const thumb = (value, count, word) => {
    const key = `vote:${value}`;
    const mine = vote === value;
    const name = `${word}: ${count}${mine ? ', your vote' : ''}`;
    const run = () => !mine && actions.vote(surface, key, { incidentId, value });
    const className = `thumb thumb-${value}`;
    return control(
      context,
      { key, label: '', className, pressed: mine, name, run },
      icon(THUMB, 17),
      el('span', { class: 'number' }, String(count)),
    );
  };
  return el(
    'div',
    { class: 'vote', role: 'group', 'aria-label': 'Was this right?' },
    el('span', { class: 'label', 'aria-hidden': 'true' }, 'Was this right?'),
    thumb('up', up, 'Yes'),
    thumb('down', down, 'No'),
  );
}
