import { isObject, type JsonObject } from '../json.ts';

/** One fault, in the words and with the pointer that Slack gives. */
export type Complain = (message: string, pointer: string) => void;

export type Check = {
  errors: string[];
  complain: Complain;
};

export function createCheck(): Check {
  const errors: string[] = [];
  return {
    errors,
    complain: (message, pointer) => errors.push(`${message} [json-pointer:${pointer}]`),
  };
}

/** Slack counts characters, and its message names the first length that is too long. */
export function checkLength(
  check: Check,
  value: unknown,
  most: number,
  pointer: string,
  least = 1,
): void {
  if (typeof value !== 'string') check.complain('must be a string', pointer);
  else if (value.length > most) {
    check.complain(`must be less than ${most + 1} characters`, pointer);
  } else if (value.length < least) {
    check.complain(`must be more than ${least - 1} characters`, pointer);
  }
}

/** Answers with the items, so that they can be looked at one by one. */
export function checkItems(
  check: Check,
  value: unknown,
  least: number,
  most: number,
  pointer: string,
): unknown[] {
  if (!Array.isArray(value)) {
    check.complain('must be an array', pointer);
    return [];
  }
  if (value.length > most) check.complain(`no more than ${most} items allowed`, pointer);
  if (value.length < least) check.complain(`must provide at least ${least} items`, pointer);
  return value;
}

export function checkRequired(
  check: Check,
  holder: JsonObject,
  field: string,
  pointer: string,
): boolean {
  if (holder[field] !== undefined && holder[field] !== null) return true;
  check.complain(`missing required field: ${field}`, pointer);
  return false;
}

type TextKind = 'plain_text' | 'mrkdwn';

/** A text object: plain text, or markup where that is allowed. */
export function checkText(
  check: Check,
  value: unknown,
  options: { most: number; kinds?: readonly TextKind[] },
  pointer: string,
): void {
  const { most, kinds = ['plain_text', 'mrkdwn'] } = options;
  if (!isObject(value)) {
    check.complain('must be a valid text object', pointer);
    return;
  }
  if (!kinds.includes(value.type as TextKind)) {
    check.complain(`must be one of: ${kinds.join(', ')}`, `${pointer}/type`);
    return;
  }
  checkLength(check, value.text, most, `${pointer}/text`);
  if (value.type === 'mrkdwn' && value.emoji !== undefined) {
    check.complain('emoji is only allowed in plain_text', `${pointer}/emoji`);
  }
}

export function checkOneOf(
  check: Check,
  value: unknown,
  allowed: readonly unknown[],
  pointer: string,
): void {
  if (!allowed.includes(value)) check.complain(`must be one of: ${allowed.join(', ')}`, pointer);
}
