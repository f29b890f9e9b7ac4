import type { InputBlock, ModalView, PlainTextInput, StaticSelect } from '@slack/types';
import { CATEGORIES, SEVERITIES } from '../../../src/domain/taxonomy.ts';
import { LIMITS } from '../limits.ts';
import type { FormAbout } from '../read/delivery.ts';
import { FORMS } from '../surface.ts';
import { optionsOf } from './controls.ts';
import { plainText } from './literal.ts';

/** The form with this name. Those of its fields are the names under which it comes back. */
export function drawForm(name: keyof typeof FORMS, about: FormAbout): ModalView {
  return { report: reportForm, correction: correctionForm, settings: settingsForm }[name](about);
}

function reportForm(about: FormAbout): ModalView {
  return form(FORMS.report, 'Report an incident', 'Triage', about, [
    ...(about.channel === undefined ? [channelChoice('Where should the card go?')] : []),
    lines('what', 'What happened?', 'Checkout answers with errors since the last deploy'),
    optional(line('service', 'Which service?', 'checkout')),
    optional(line('since', 'Since when?', '10:05')),
    optional(lines('logs', 'Log lines, if you have some', 'Paste them here')),
  ]);
}

function correctionForm(about: FormAbout): ModalView {
  return form(FORMS.correction, 'What was wrong?', 'Send', about, [
    choice('category', 'What kind of incident is it?', named(CATEGORIES)),
    optional(choice('severity', 'How severe is it?', named(SEVERITIES))),
    optional(lines('wrong', 'What was wrong?', 'The pool was full, the network was fine')),
  ]);
}

/** Commands in the words of a form: each comes back as if it were typed in the channel. */
const SETTINGS = [
  { value: 'quiet', label: 'Quiet: one card an incident, nothing else' },
  { value: 'verbose', label: 'Verbose: also say when a verdict changes' },
  { value: 'off', label: 'Off: only answer when asked' },
  { value: 'watch', label: 'Watch: every message may be a report' },
  { value: 'watch off', label: 'Stop watching' },
];

function settingsForm(about: FormAbout): ModalView {
  return form(FORMS.settings, 'Channel settings', 'Change', about, [
    channelChoice('Which channel?'),
    choice('setting', 'How should I behave there?', SETTINGS),
  ]);
}

function form(
  callback_id: string,
  title: string,
  submit: string,
  about: FormAbout,
  blocks: InputBlock[],
): ModalView {
  return {
    type: 'modal',
    callback_id,
    title: plainText(title, LIMITS.modalTitle),
    submit: plainText(submit, LIMITS.modalTitle),
    close: plainText('Cancel', LIMITS.modalTitle),
    private_metadata: JSON.stringify(about),
    blocks,
  };
}

function line(name: string, label: string, example: string): InputBlock {
  return input(name, label, textInput(name, example, false));
}

function lines(name: string, label: string, example: string): InputBlock {
  return input(name, label, textInput(name, example, true));
}

function textInput(name: string, example: string, multiline: boolean): PlainTextInput {
  return {
    type: 'plain_text_input',
    action_id: name,
    multiline,
    max_length: LIMITS.input,
    placeholder: plainText(example, LIMITS.placeholder),
  };
}

/** Slack offers the channels that this person can see, and no others. */
function channelChoice(label: string): InputBlock {
  return input('channel', label, {
    type: 'conversations_select',
    action_id: 'channel',
    placeholder: plainText('Choose a channel', LIMITS.placeholder),
    filter: { include: ['public', 'private'], exclude_bot_users: true },
  });
}

function choice(name: string, label: string, options: Option[]): InputBlock {
  const element: StaticSelect = {
    type: 'static_select',
    action_id: name,
    placeholder: plainText('Choose', LIMITS.placeholder),
    ...optionsOf(options),
  };
  return input(name, label, element);
}

function input(name: string, label: string, element: InputBlock['element']): InputBlock {
  return { type: 'input', block_id: name, label: plainText(label, LIMITS.field), element };
}

function optional(block: InputBlock): InputBlock {
  return { ...block, optional: true };
}

type Option = { value: string; label: string };

function named(values: readonly string[]): Option[] {
  return values.map((value) => ({ value, label: capitalised(value) }));
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
