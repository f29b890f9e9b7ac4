import { isObject, type JsonObject } from '../json.ts';
import { type BlockProblem, checkBlocks } from './blocks.ts';
import { checkLength, checkText, createCheck } from './checks.ts';

/** Limits of modals and home tabs, as https://docs.slack.dev/reference/views publishes them. */
export function checkView(
  view: unknown,
  type: 'modal' | 'home',
  olderPlan = false,
): BlockProblem | undefined {
  if (!isObject(view)) return { error: 'invalid_arguments', details: ['must be an object'] };
  const check = createCheck();
  if (view.type !== type) check.complain(`must be ${type}`, '/view/type');
  if (type === 'modal') {
    checkText(check, view.title, { most: 24, kinds: ['plain_text'] }, '/view/title');
    for (const button of ['submit', 'close']) {
      if (view[button] !== undefined) {
        checkText(check, view[button], { most: 24, kinds: ['plain_text'] }, `/view/${button}`);
      }
    }
    if (hasInput(view) && view.submit === undefined) {
      check.complain('submit is required when an input block is present', '/view/submit');
    }
  }
  if (view.private_metadata !== undefined) {
    checkLength(check, view.private_metadata, 3000, '/view/private_metadata', 0);
  }
  for (const id of ['callback_id', 'external_id']) {
    if (view[id] !== undefined) checkLength(check, view[id], 255, `/view/${id}`, 0);
  }
  if (check.errors.length > 0) return { error: 'invalid_arguments', details: check.errors };
  const problem = checkBlocks(view.blocks, type, olderPlan, '/view/blocks');
  // Views name faults in their blocks as faults of the argument.
  return problem && { ...problem, error: 'invalid_arguments' };
}

function hasInput(view: JsonObject): boolean {
  return Array.isArray(view.blocks) && view.blocks.some((each) => each?.type === 'input');
}
