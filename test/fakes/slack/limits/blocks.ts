import { isObject, type JsonObject } from '../json.ts';
import {
  type Check,
  checkItems,
  checkLength,
  checkOneOf,
  checkRequired,
  checkText,
  createCheck,
} from './checks.ts';
import { checkChart, checkDataTable, checkTable } from './data-blocks.ts';
import { checkElement, checkUrl } from './elements.ts';

/** Limits of blocks, as https://docs.slack.dev/reference/block-kit/blocks publishes them. */

export type Surface = 'message' | 'modal' | 'home';

/** Slack adds up the text of all blocks of a message and says `msg_blocks_too_long` beyond about this. */
const MOST_TEXT_OF_A_MESSAGE = 12_000;
const MOST_CHARTS = 2;

const MOST_BLOCKS: Record<Surface, number> = { message: 50, modal: 100, home: 100 };

const SELECTS = ['static', 'external', 'users', 'conversations', 'channels'].flatMap((each) => [
  `${each}_select`,
  `multi_${each}_select`,
]);
const PICKERS = ['datepicker', 'timepicker', 'datetimepicker', 'checkboxes', 'radio_buttons'];
const INPUTS = ['plain', 'email', 'url'].map((each) => `${each}_text_input`);
const ALLOWED = {
  actions: ['button', 'workflow_button', 'overflow', 'rich_text_input', ...SELECTS, ...PICKERS],
  accessory: ['button', 'workflow_button', 'overflow', 'image', ...SELECTS, ...PICKERS],
  input: [...INPUTS, 'number_input', 'rich_text_input', 'file_input', ...SELECTS, ...PICKERS],
  contextActions: ['feedback_buttons', 'icon_button'],
};

/** Came later than the others: workspaces on an older plan refuse them. */
const NEWER = [
  'alert',
  'card',
  'carousel',
  'container',
  'context_actions',
  'data_table',
  'data_visualization',
  'plan',
  'task_card',
];
const SURFACES: Record<string, readonly Surface[]> = {
  alert: ['modal'],
  context_actions: ['message'],
  data_table: ['message'],
  data_visualization: ['message'],
  file: ['message'],
  input: ['message', 'modal', 'home'],
  markdown: ['message'],
  table: ['message'],
};

type BlockCheck = (check: Check, block: JsonObject, pointer: string) => void;

const checkSection: BlockCheck = (check, block, pointer) => {
  if (block.text === undefined && block.fields === undefined) {
    check.complain('missing required field: text', pointer);
  }
  if (block.text !== undefined) checkText(check, block.text, { most: 3000 }, `${pointer}/text`);
  if (block.fields !== undefined) {
    const fields = checkItems(check, block.fields, 1, 10, `${pointer}/fields`);
    for (const [i, field] of fields.entries()) {
      checkText(check, field, { most: 2000 }, `${pointer}/fields/${i}`);
    }
  }
  if (block.accessory !== undefined) {
    checkElement(check, block.accessory, ALLOWED.accessory, `${pointer}/accessory`);
  }
};

const checkContext: BlockCheck = (check, block, pointer) => {
  const elements = checkItems(check, block.elements, 1, 10, `${pointer}/elements`);
  for (const [i, element] of elements.entries()) {
    const at = `${pointer}/elements/${i}`;
    if (isObject(element) && element.type === 'image') checkElement(check, element, ['image'], at);
    else checkText(check, element, { most: 3000 }, at);
  }
};

const elementsOf =
  (most: number, allowed: readonly string[]): BlockCheck =>
  (check, block, pointer) => {
    const elements = checkItems(check, block.elements, 1, most, `${pointer}/elements`);
    const ids = new Set<unknown>();
    for (const [i, element] of elements.entries()) {
      const at = `${pointer}/elements/${i}`;
      checkElement(check, element, allowed, at);
      const id = isObject(element) ? element.action_id : undefined;
      if (id !== undefined && ids.has(id)) {
        check.complain('`action_id` already exists in this block', `${at}/action_id`);
      }
      ids.add(id);
    }
  };

const checkInputBlock: BlockCheck = (check, block, pointer) => {
  checkText(check, block.label, { most: 2000, kinds: ['plain_text'] }, `${pointer}/label`);
  if (block.hint !== undefined) {
    checkText(check, block.hint, { most: 2000, kinds: ['plain_text'] }, `${pointer}/hint`);
  }
  checkElement(check, block.element, ALLOWED.input, `${pointer}/element`);
};

const checkImageBlock: BlockCheck = (check, block, pointer) => {
  checkLength(check, block.alt_text, 2000, `${pointer}/alt_text`);
  if (block.slack_file === undefined) {
    checkUrl(check, block.image_url, 3000, `${pointer}/image_url`);
  }
  if (block.title !== undefined) {
    checkText(check, block.title, { most: 2000, kinds: ['plain_text'] }, `${pointer}/title`);
  }
};

const checkRichText: BlockCheck = (check, block, pointer) => {
  const elements = checkItems(check, block.elements, 1, 1000, `${pointer}/elements`);
  const kinds = ['section', 'list', 'quote', 'preformatted'].map((each) => `rich_text_${each}`);
  for (const [i, element] of elements.entries()) {
    const type = isObject(element) ? element.type : undefined;
    checkOneOf(check, type, kinds, `${pointer}/elements/${i}/type`);
  }
};

const listed =
  (field: string, most: number): BlockCheck =>
  (check, block, pointer) => {
    checkItems(check, block[field], 1, most, `${pointer}/${field}`);
  };

const BLOCKS: Record<string, BlockCheck> = {
  actions: elementsOf(25, ALLOWED.actions),
  alert: (check, block, pointer) => {
    checkText(check, block.text, { most: 200 }, `${pointer}/text`);
  },
  card: (check, block, pointer) => {
    for (const field of ['title', 'subtitle', 'body']) {
      if (block[field] === undefined) continue;
      checkText(check, block[field], { most: field === 'body' ? 200 : 150 }, `${pointer}/${field}`);
    }
  },
  carousel: listed('elements', 10),
  container: listed('child_blocks', 10),
  context: checkContext,
  context_actions: elementsOf(5, ALLOWED.contextActions),
  data_table: checkDataTable,
  data_visualization: checkChart,
  divider: () => undefined,
  file: (check, block, pointer) => {
    checkRequired(check, block, 'external_id', pointer);
  },
  header: (check, block, pointer) => {
    checkText(check, block.text, { most: 150, kinds: ['plain_text'] }, `${pointer}/text`);
  },
  image: checkImageBlock,
  input: checkInputBlock,
  markdown: (check, block, pointer) => checkLength(check, block.text, 12_000, `${pointer}/text`),
  plan: (check, block, pointer) => checkLength(check, block.title, 3000, `${pointer}/title`),
  rich_text: checkRichText,
  section: checkSection,
  table: checkTable,
  task_card: (check, block, pointer) => checkLength(check, block.title, 3000, `${pointer}/title`),
  video: (check, block, pointer) => {
    checkUrl(check, block.video_url, 3000, `${pointer}/video_url`);
  },
};

export type BlockProblem = { error: string; details: string[] };

/** What Slack would say to these blocks; undefined when it takes them. */
export function checkBlocks(
  blocks: unknown,
  surface: Surface,
  olderPlan = false,
  pointer = '/blocks',
): BlockProblem | undefined {
  if (!Array.isArray(blocks) || !blocks.every(isObject)) {
    return { error: 'invalid_blocks_format', details: [] };
  }
  const check = createCheck();
  checkItems(check, blocks, 0, MOST_BLOCKS[surface], pointer);
  const ids = new Set<unknown>();
  for (const [i, block] of blocks.entries()) {
    const at = `${pointer}/${i}`;
    const type = String(block.type);
    const known = BLOCKS[type];
    const fits = SURFACES[type]?.includes(surface) ?? true;
    if (!known || !fits || (olderPlan && NEWER.includes(type))) {
      check.complain(`unsupported type: ${type}`, `${at}/type`);
      continue;
    }
    if (block.block_id !== undefined) {
      checkLength(check, block.block_id, 255, `${at}/block_id`);
      if (ids.has(block.block_id)) {
        check.complain('`block_id` already exists', `${at}/block_id`);
      }
      ids.add(block.block_id);
    }
    known(check, block, at);
  }
  const charts = blocks.filter((block) => block.type === 'data_visualization').length;
  if (charts > MOST_CHARTS) {
    check.complain(`no more than ${MOST_CHARTS} data_visualization blocks allowed`, pointer);
  }
  if (check.errors.length > 0) return { error: 'invalid_blocks', details: check.errors };
  if (surface === 'message' && textLength(blocks) > MOST_TEXT_OF_A_MESSAGE) {
    return { error: 'msg_blocks_too_long', details: [] };
  }
  return undefined;
}

function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + textLength(each), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, each]) =>
      sum + (key === 'text' && typeof each === 'string' ? each.length : textLength(each)),
    0,
  );
}
