import { isObject, type JsonObject } from '../json.ts';
import { checkBlocks, type Surface } from '../limits/blocks.ts';
import type { Workspace } from '../world/records.ts';
import type { World } from '../world/world.ts';
import { type Arguments, Refusal, refuse } from './call.ts';

/** What a message is made of, checked as Slack checks it. */
export type Content = {
  text: string | undefined;
  blocks: JsonObject[] | undefined;
  attachments: JsonObject[] | undefined;
  metadata: JsonObject | undefined;
};

/** Longer text is cut off without a word. */
const MOST_TEXT = 40_000;
const MOST_METADATA_BYTES = 16_000;
const MOST_ATTACHMENTS = 100;

export function readContent(world: World, workspace: Workspace, values: Arguments): Content {
  const markdown = values.text('markdown_text');
  if (markdown !== undefined && (values.raw.text ?? values.raw.blocks) !== undefined) {
    throw new Refusal('markdown_text_conflict');
  }
  const blocks = values.list('blocks', 'invalid_blocks_format');
  const attachments = values.list('attachments', 'invalid_attachments');
  const content = {
    text: (values.text('text') ?? markdown)?.slice(0, MOST_TEXT),
    blocks: blocks && takeBlocks(world, workspace, blocks, 'message'),
    attachments: attachments && takeAttachments(world, workspace, attachments),
    metadata: takeMetadata(values),
  };
  return content;
}

export function isEmpty(content: Content): boolean {
  return !content.text && !content.blocks?.length && !content.attachments?.length;
}

/** Checked, and with the ids that Slack adds where the app gave none. */
export function takeBlocks(
  world: World,
  workspace: Workspace,
  blocks: unknown,
  surface: Surface,
): JsonObject[] {
  const problem = checkBlocks(blocks, surface, workspace.olderPlan);
  if (problem) throw refuse(problem);
  return withIds(world, blocks as JsonObject[]);
}

export function withIds(world: World, blocks: readonly JsonObject[]): JsonObject[] {
  return blocks.map((block) => ({ block_id: world.nextId('b'), ...block }));
}

function takeAttachments(
  world: World,
  workspace: Workspace,
  attachments: JsonObject[],
): JsonObject[] {
  if (attachments.length > MOST_ATTACHMENTS) throw new Refusal('too_many_attachments');
  return attachments.map((attachment, i) => ({
    id: i + 1,
    ...attachment,
    ...(attachment.blocks !== undefined && {
      blocks: takeBlocks(world, workspace, attachment.blocks, 'message'),
    }),
  }));
}

function takeMetadata(values: Arguments): JsonObject | undefined {
  const metadata = values.object('metadata', 'invalid_metadata_format');
  if (metadata === undefined) return undefined;
  if (typeof metadata.event_type !== 'string' || !isObject(metadata.event_payload)) {
    throw new Refusal('invalid_metadata_format');
  }
  if (Buffer.byteLength(JSON.stringify(metadata)) > MOST_METADATA_BYTES) {
    throw new Refusal('metadata_too_large');
  }
  return { event_type: metadata.event_type, event_payload: metadata.event_payload };
}
