import { isObject, type JsonObject } from '../json.ts';
import {
  type Check,
  checkItems,
  checkLength,
  checkOneOf,
  checkRequired,
  checkText,
} from './checks.ts';

/** Limits of interactive elements, as https://docs.slack.dev/reference/block-kit/block-elements publishes them. */

type ElementCheck = (check: Check, element: JsonObject, pointer: string) => void;

const plain = (most: number) => ({ most, kinds: ['plain_text'] as const });

function checkOption(check: Check, option: unknown, pointer: string): void {
  if (!isObject(option)) {
    check.complain('must be an object', pointer);
    return;
  }
  checkText(check, option.text, { most: 75 }, `${pointer}/text`);
  checkLength(check, option.value, 150, `${pointer}/value`);
  if (option.description !== undefined) {
    checkText(check, option.description, { most: 75 }, `${pointer}/description`);
  }
}

function checkOptions(check: Check, element: JsonObject, most: number, pointer: string): void {
  if (element.option_groups !== undefined) {
    const groups = checkItems(check, element.option_groups, 1, 100, `${pointer}/option_groups`);
    for (const [i, group] of groups.entries()) {
      const at = `${pointer}/option_groups/${i}`;
      if (!isObject(group)) check.complain('must be an object', at);
      else {
        checkText(check, group.label, plain(75), `${at}/label`);
        checkOptions(check, group, most, at);
      }
    }
    return;
  }
  const options = checkItems(check, element.options, 1, most, `${pointer}/options`);
  for (const [i, option] of options.entries())
    checkOption(check, option, `${pointer}/options/${i}`);
}

function checkConfirm(check: Check, element: JsonObject, pointer: string): void {
  if (element.confirm === undefined) return;
  const at = `${pointer}/confirm`;
  if (!isObject(element.confirm)) {
    check.complain('must be an object', at);
    return;
  }
  checkText(check, element.confirm.title, plain(100), `${at}/title`);
  checkText(check, element.confirm.text, { most: 300 }, `${at}/text`);
  for (const field of ['confirm', 'deny']) {
    if (element.confirm[field] !== undefined) {
      checkText(check, element.confirm[field], plain(30), `${at}/${field}`);
    }
  }
}

function checkPlaceholder(check: Check, element: JsonObject, pointer: string): void {
  if (element.placeholder !== undefined) {
    checkText(check, element.placeholder, plain(150), `${pointer}/placeholder`);
  }
}

const checkButton: ElementCheck = (check, element, pointer) => {
  checkText(check, element.text, plain(75), `${pointer}/text`);
  if (element.value !== undefined) checkLength(check, element.value, 2000, `${pointer}/value`, 0);
  if (element.url !== undefined) checkUrl(check, element.url, 3000, `${pointer}/url`);
  if (element.style !== undefined) {
    checkOneOf(check, element.style, ['primary', 'danger'], `${pointer}/style`);
  }
  if (element.accessibility_label !== undefined) {
    checkLength(check, element.accessibility_label, 75, `${pointer}/accessibility_label`);
  }
};

export function checkUrl(check: Check, url: unknown, most: number, pointer: string): void {
  checkLength(check, url, most, pointer);
  if (typeof url === 'string' && !/^(https?|mailto|slack):/.test(url)) {
    check.complain('must be a valid URL', pointer);
  }
}

const checkSelect: ElementCheck = (check, element, pointer) => {
  checkPlaceholder(check, element, pointer);
  if (typeof element.type === 'string' && element.type.endsWith('static_select')) {
    checkOptions(check, element, 100, pointer);
  }
  if (element.initial_option !== undefined) {
    checkOption(check, element.initial_option, `${pointer}/initial_option`);
    checkInitial(check, element, pointer);
  }
};

/** An initial option that is not one of the options is refused. */
function checkInitial(check: Check, element: JsonObject, pointer: string): void {
  const groups = Array.isArray(element.option_groups) ? element.option_groups : [element];
  const values = groups.flatMap((group) =>
    isObject(group) && Array.isArray(group.options)
      ? group.options.map((option: unknown) => (isObject(option) ? option.value : undefined))
      : [],
  );
  const initial = isObject(element.initial_option) ? element.initial_option.value : undefined;
  if (values.length > 0 && !values.includes(initial)) {
    check.complain('must be one of the provided options', `${pointer}/initial_option`);
  }
}

const checkChoice: ElementCheck = (check, element, pointer) =>
  checkOptions(check, element, 10, pointer);

const checkInput: ElementCheck = (check, element, pointer) => {
  checkPlaceholder(check, element, pointer);
  if (element.initial_value !== undefined) {
    checkLength(check, element.initial_value, 3000, `${pointer}/initial_value`, 0);
  }
  for (const field of ['min_length', 'max_length']) {
    const length = element[field];
    if (length === undefined) continue;
    if (typeof length !== 'number' || length < 0 || length > 3000) {
      check.complain('must be between 0 and 3000', `${pointer}/${field}`);
    }
  }
};

const checkFeedback: ElementCheck = (check, element, pointer) => {
  for (const side of ['positive_button', 'negative_button']) {
    const button = element[side];
    const at = `${pointer}/${side}`;
    if (!isObject(button)) check.complain(`missing required field: ${side}`, pointer);
    else {
      checkText(check, button.text, plain(75), `${at}/text`);
      checkLength(check, button.value, 2000, `${at}/value`);
      if (button.accessibility_label !== undefined) {
        checkLength(check, button.accessibility_label, 75, `${at}/accessibility_label`);
      }
    }
  }
};

const checkImage: ElementCheck = (check, element, pointer) => {
  checkLength(check, element.alt_text, 2000, `${pointer}/alt_text`);
  if (element.slack_file === undefined) {
    checkUrl(check, element.image_url, 3000, `${pointer}/image_url`);
  }
};

const nothing: ElementCheck = () => undefined;

const ELEMENTS: Record<string, ElementCheck> = {
  button: checkButton,
  workflow_button: checkButton,
  feedback_buttons: checkFeedback,
  icon_button: (check, element, pointer) => {
    checkRequired(check, element, 'icon', pointer);
    checkText(check, element.text, { most: 75, kinds: ['plain_text'] }, `${pointer}/text`);
  },
  static_select: checkSelect,
  external_select: checkSelect,
  users_select: checkSelect,
  conversations_select: checkSelect,
  channels_select: checkSelect,
  multi_static_select: checkSelect,
  multi_external_select: checkSelect,
  multi_users_select: checkSelect,
  multi_conversations_select: checkSelect,
  multi_channels_select: checkSelect,
  overflow: (check, element, pointer) => checkOptions(check, element, 5, pointer),
  checkboxes: checkChoice,
  radio_buttons: checkChoice,
  plain_text_input: checkInput,
  email_text_input: checkInput,
  url_text_input: checkInput,
  number_input: checkPlaceholder,
  rich_text_input: checkPlaceholder,
  file_input: nothing,
  datepicker: checkPlaceholder,
  timepicker: checkPlaceholder,
  datetimepicker: nothing,
  image: checkImage,
};

/** `allowed` are the element types that the holding block may have. */
export function checkElement(
  check: Check,
  element: unknown,
  allowed: readonly string[],
  pointer: string,
): void {
  if (!isObject(element)) {
    check.complain('must be an object', pointer);
    return;
  }
  const type = String(element.type);
  const known = ELEMENTS[type];
  if (!known || !allowed.includes(type)) {
    check.complain(`unsupported type: ${type}`, `${pointer}/type`);
    return;
  }
  if (element.action_id !== undefined) {
    checkLength(check, element.action_id, 255, `${pointer}/action_id`);
  }
  checkConfirm(check, element, pointer);
  known(check, element, pointer);
}
