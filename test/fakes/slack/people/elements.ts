import { isObject, type JsonObject, objects, text } from '../json.ts';

/** Finds interactive elements in blocks, as a hand finds them on the screen. */
export type Found = { element: JsonObject; blockId: string };

export function elementsIn(blocks: readonly JsonObject[]): Found[] {
  return blocks.flatMap((block) => {
    const inside = [...objects(block.elements), block.accessory, block.element].filter(isObject);
    return inside
      .filter((element) => typeof element.action_id === 'string')
      .map((element) => ({ element, blockId: text(block.block_id) }));
  });
}

function optionsOf(element: JsonObject): JsonObject[] {
  return [
    ...objects(element.options),
    ...objects(element.option_groups).flatMap((group) => objects(group.options)),
  ];
}

/** The element with this id; of several buttons with one id, the one with the value. */
export function findElement(
  blocks: readonly JsonObject[],
  actionId: string,
  value: string | undefined,
): Found {
  const found = elementsIn(blocks).filter((each) => each.element.action_id === actionId);
  const fitting = found.find(({ element }) => value === undefined || offers(element, value));
  if (fitting) return fitting;
  const there = elementsIn(blocks).map(({ element }) => text(element.action_id));
  throw new Error(
    `There is no ${actionId}${value === undefined ? '' : ` with ${value}`} to act on, but: ${there.join(', ')}.`,
  );
}

function offers(element: JsonObject, value: string): boolean {
  const options = optionsOf(element);
  if (options.length > 0) return options.some((option) => option.value === value);
  if (element.type === 'feedback_buttons') return feedbackButton(element, value) !== undefined;
  return element.value === undefined || element.value === value;
}

function feedbackButton(element: JsonObject, value: string | undefined): JsonObject | undefined {
  return [element.positive_button, element.negative_button]
    .filter(isObject)
    .find((button) => button.value === value);
}

/** One entry of `actions` in a `block_actions` payload. */
export function actionOf(
  { element, blockId }: Found,
  value: string | undefined,
  actionTs: string,
): JsonObject {
  const base = {
    type: element.type,
    action_id: element.action_id,
    block_id: blockId,
    action_ts: actionTs,
  };
  if (element.type === 'feedback_buttons') {
    const button = feedbackButton(element, value);
    if (!button) throw new Error('Say which of the two feedback buttons: give its value.');
    return { ...base, text: button.text, value: button.value };
  }
  if (element.type === 'button' || element.type === 'icon_button') {
    return { ...base, text: element.text, value: element.value };
  }
  return { ...base, ...stateOf(element, value) };
}

/** What a form element holds, in the words of `view.state` and of actions. */
export function stateOf(
  element: JsonObject,
  value: string | readonly string[] | undefined,
): JsonObject {
  const type = text(element.type);
  const values = typeof value === 'string' ? [value] : (value ?? []);
  const chosen = optionsOf(element).filter((option) => values.includes(text(option.value)));
  if (values.length > chosen.length && optionsOf(element).length > 0) {
    throw new Error(`${text(element.action_id)} does not offer ${values.join(', ')}.`);
  }
  if (type === 'checkboxes' || type === 'multi_static_select') {
    return { selected_options: value === undefined ? objects(element.initial_options) : chosen };
  }
  if (['static_select', 'radio_buttons', 'overflow', 'external_select'].includes(type)) {
    return { selected_option: chosen[0] ?? element.initial_option ?? null };
  }
  const single: Record<string, string> = {
    users_select: 'user',
    channels_select: 'channel',
    conversations_select: 'conversation',
    datepicker: 'date',
    timepicker: 'time',
    datetimepicker: 'date_time',
  };
  const kind = single[type];
  if (kind !== undefined) {
    return { [`selected_${kind}`]: values[0] ?? element[`initial_${kind}`] ?? null };
  }
  return { value: values[0] ?? element.initial_value ?? null };
}
