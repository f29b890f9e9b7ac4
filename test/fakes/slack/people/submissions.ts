import type { Receipt } from '../delivery/delivery.ts';
import { isObject, type JsonObject, objects, text } from '../json.ts';
import { checkView } from '../limits/views.ts';
import { refuse } from '../web-api/call.ts';
import { withBlockIds } from '../web-api/views.ts';
import type { User, View } from '../world/records.ts';
import { viewShape } from '../world/shapes.ts';
import type { World } from '../world/world.ts';
import { elementsIn, stateOf } from './elements.ts';
import { interactionBase, type Stage } from './stage.ts';

/** By action id or block id: what was typed, or the value of what was chosen. */
export type FormValues = Record<string, string | readonly string[]>;

export type Submissions = {
  /** Fills in and sends a modal; what the app answers happens to the modal. */
  submits(view: View, values: FormValues): Promise<Receipt>;
  /** Closes a modal; the app hears of it when it asked to. */
  closes(view: View): Promise<Receipt | undefined>;
};

export function createSubmissions(stage: Stage, user: User): Submissions {
  const { world, deliverer } = stage;
  return {
    async submits(view, values) {
      if (!view.open) throw new Error('This modal is no longer open.');
      const state = stateValues(view, values);
      assertFilledIn(view, state);
      const receipt = await deliverer.deliver({
        kind: 'interactive',
        body: {
          type: 'view_submission',
          ...interactionBase(stage, user, world.workspace(user.workspace)),
          view: viewShape(world, view, state),
          response_urls: [],
        },
      });
      if (receipt.acknowledged) answer(world, view, receipt.response);
      return receipt;
    },

    async closes(view) {
      view.open = false;
      if (view.view.notify_on_close !== true) return undefined;
      return deliverer.deliver({
        kind: 'interactive',
        body: {
          type: 'view_closed',
          ...interactionBase(stage, user, world.workspace(user.workspace)),
          view: viewShape(world, view),
          is_cleared: false,
        },
      });
    },
  };
}

/** `view.state.values`: what every form element of the view holds. */
export function stateValues(view: View, values: FormValues): JsonObject {
  const state: Record<string, JsonObject> = {};
  const used = new Set<string>();
  for (const { element, blockId } of elementsIn(objects(view.view.blocks))) {
    const type = text(element.type);
    if (['button', 'overflow', 'image', 'icon_button', 'feedback_buttons'].includes(type)) continue;
    const actionId = text(element.action_id);
    const value = values[actionId] ?? values[blockId];
    used.add(actionId).add(blockId);
    state[blockId] = { ...state[blockId], [actionId]: { type, ...stateOf(element, value) } };
  }
  const stray = Object.keys(values).filter((key) => !used.has(key));
  if (stray.length > 0) throw new Error(`The modal has no field ${stray.join(', ')}.`);
  return state;
}

/** Slack itself does not send a form in which something needed is empty, or too long. */
function assertFilledIn(view: View, state: JsonObject): void {
  for (const block of objects(view.view.blocks)) {
    if (block.type !== 'input' || !isObject(block.element)) continue;
    const held = (state[text(block.block_id)] as JsonObject)[text(block.element.action_id)];
    const value = isObject(held) ? Object.entries(held).find(([key]) => key !== 'type')?.[1] : null;
    const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (empty && block.optional !== true) {
      throw new Error(`The modal needs ${text(block.block_id)}: Slack would not send it.`);
    }
    const most = block.element.max_length;
    if (typeof value === 'string' && typeof most === 'number' && value.length > most) {
      throw new Error(`${text(block.block_id)} takes ${most} characters: Slack would not send it.`);
    }
  }
}

function answer(world: World, view: View, response: unknown): void {
  const what = isObject(response) ? response : {};
  switch (what.response_action) {
    case undefined:
      view.open = false;
      break;
    case 'clear':
      for (const open of world.views.openOf(view.user)) open.open = false;
      break;
    case 'errors':
      view.errors = what.errors as Record<string, string>;
      assertKnownBlocks(view);
      break;
    case 'update':
      world.views.update(view, checked(world, view, what.view));
      break;
    case 'push':
      world.views.open(view.workspace, view.user, checked(world, view, what.view), view);
      break;
    default:
      throw new Error(`Slack knows no response_action ${String(what.response_action)}.`);
  }
  world.messages.changed();
}

/** Slack shows an error only under an input block that exists. */
function assertKnownBlocks(view: View): void {
  const ids = objects(view.view.blocks)
    .filter((block) => block.type === 'input')
    .map((block) => block.block_id);
  const stray = Object.keys(view.errors).find((id) => !ids.includes(id));
  if (stray !== undefined) throw new Error(`There is no input block ${stray} to show an error at.`);
}

function checked(world: World, view: View, next: unknown): JsonObject {
  const problem = checkView(next, 'modal', world.workspace(view.workspace).olderPlan);
  if (problem) throw refuse(problem);
  return withBlockIds(world, next as JsonObject);
}
