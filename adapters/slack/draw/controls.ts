import type { ActionsBlock, Button, KnownBlock, PlainTextOption, StaticSelect } from '@slack/types';
import type { CardElement } from '../../../src/domain/card.ts';
import { AppError } from '../../../src/domain/errors.ts';
import { LIMITS } from '../limits.ts';
import { plainText } from './literal.ts';
import { actionId, blockId, VOTE_ACTIONS } from './names.ts';

type Of<Kind extends CardElement['kind']> = Extract<CardElement, { kind: Kind }>;
export type Control = Of<'buttons'> | Of<'choices'> | Of<'vote'>;

export function isControl(element: CardElement): element is Control {
  return element.kind === 'buttons' || element.kind === 'choices' || element.kind === 'vote';
}

/** What people act with. `number` makes the ids of this block unique in its message. */
export function drawControl(
  element: Control,
  number: number,
  incidentId: string | undefined,
  newer: boolean,
): KnownBlock[] {
  const id = blockId(element.kind, number, incidentId);
  switch (element.kind) {
    case 'buttons':
      return drawButtons(element, id);
    case 'choices':
      return [drawChoices(element, id)];
    case 'vote':
      return [newer ? feedbackButtons(element, id) : voteButtons(element, id)];
  }
}

function drawButtons({ buttons }: Of<'buttons'>, id: string): ActionsBlock[] {
  const blocks: ActionsBlock[] = [];
  for (let at = 0; at < buttons.length; at += LIMITS.elements) {
    const elements = buttons.slice(at, at + LIMITS.elements).map((button, index): Button => {
      const earlier = buttons
        .slice(at, at + index)
        .filter(({ action }) => action === button.action);
      return {
        type: 'button',
        action_id: short(actionId(button.action, earlier.length), LIMITS.actionId),
        text: plainText(button.label, LIMITS.button),
        ...(button.value === undefined ? {} : { value: short(button.value, LIMITS.buttonValue) }),
        ...(button.style === 'plain' ? {} : { style: button.style }),
      };
    });
    blocks.push({ type: 'actions', block_id: at === 0 ? id : `${at}${id}`, elements });
  }
  return blocks;
}

function drawChoices({ action, prompt, options }: Of<'choices'>, id: string): KnownBlock {
  const accessory: StaticSelect = {
    type: 'static_select',
    action_id: short(action, LIMITS.actionId),
    placeholder: plainText('Choose', LIMITS.placeholder),
    ...optionsOf(options),
  };
  return { type: 'section', block_id: id, text: plainText(prompt, LIMITS.section), accessory };
}

/** More than a hundred options come in groups; more than a hundred groups nobody reads. */
export function optionsOf(
  options: Of<'choices'>['options'],
): Pick<StaticSelect, 'options'> | Pick<StaticSelect, 'option_groups'> {
  const all = options.map(
    ({ value, label }): PlainTextOption => ({
      text: plainText(label, LIMITS.option),
      value: short(value, LIMITS.optionValue),
    }),
  );
  if (all.length <= LIMITS.options) return { options: all };
  const groups = Array.from(
    { length: Math.min(LIMITS.options, Math.ceil(all.length / LIMITS.options)) },
    (_, at) => all.slice(at * LIMITS.options, (at + 1) * LIMITS.options),
  );
  return {
    option_groups: groups.map((group, at) => ({
      label: plainText(`From ${at * LIMITS.options + 1}`, LIMITS.option),
      options: group,
    })),
  };
}

function feedbackButtons({ up, down }: Of<'vote'>, id: string): KnownBlock {
  const { helped, wrong } = labels(up, down);
  return {
    type: 'context_actions',
    block_id: id,
    elements: [
      {
        type: 'feedback_buttons',
        action_id: VOTE_ACTIONS.native,
        positive_button: { text: helped, value: 'up', accessibility_label: 'This verdict helped' },
        negative_button: {
          text: wrong,
          value: 'down',
          accessibility_label: 'This verdict is wrong',
        },
      },
    ],
  };
}

function voteButtons({ up, down }: Of<'vote'>, id: string): ActionsBlock {
  const { helped, wrong } = labels(up, down);
  return {
    type: 'actions',
    block_id: id,
    elements: [
      { type: 'button', action_id: VOTE_ACTIONS.up, text: helped, value: 'up' },
      { type: 'button', action_id: VOTE_ACTIONS.down, text: wrong, value: 'down' },
    ],
  };
}

function labels(up: number, down: number) {
  return {
    helped: plainText(up > 0 ? `👍 Helped (${up})` : '👍 Helped', LIMITS.button),
    wrong: plainText(down > 0 ? `👎 Wrong (${down})` : '👎 Wrong', LIMITS.button),
  };
}

/** Ids and values come back and are compared, so one that does not fit must not be cut in silence. */
function short(value: string, limit: number): string {
  if (value.length <= limit) return value;
  throw new AppError('internal', 'A card has a button or choice that is too long for Slack.');
}
