import type { InputBlock, ModalView, PlainTextInput, StaticSelect } from '@slack/types';
import { CATEGORIES, SEVERITIES } from '../../../src/domain/taxonomy.ts';
import { LIMITS } from '../limits.ts';
import type { FormAbout } from '../read/delivery.ts';
import { FORMS } from '../surface.ts';
import { optionsOf } from './controls.ts';
import { plainText } from './literal.ts';

/** The names of the fields, under which a sent form comes back. */
export function reportForm(about: FormAbout): ModalView {
  return form(FORMS.report, 'Report an incident', 'Triage', about, [
    lines('what', 'What happened?', 'Checkout answers with errors since the last deploy'),
    optional(line('service', 'Which service?', 'checkout')),
    optional(line('since', 'Since when?', '10:05')),
    optional(lines('logs', 'Log lines, if you have some', 'Paste them here')),
  ]);
}

export function correctionForm(about: FormAbout): ModalView {
  return form(FORMS.correction, 'What was wrong?', 'Send', about, [
    choice('category', 'What kind of incident is it?', CATEGORIES),
    optional(choice('severity', 'How severe is it?', SEVERITIES)),
    optional(lines('wrong', 'What was wrong?', 'The pool was full, the network was fine')),
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

function choice(name: string, label: string, values: readonly string[]): InputBlock {
  const options = values.map((value) => ({ value, label: capitalised(value) }));
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

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
