import type { CleanCard } from '../../src/domain/card.ts';
import { anything, posted } from './api/answers.ts';
import type { Call } from './api/calls.ts';
import type { Files } from './api/files.ts';
import { type Drawn, drawCard } from './draw/draw-card.ts';
import { escapeMarkup } from './draw/literal.ts';
import { LIMITS } from './limits.ts';
import type { ReplyTo } from './read/delivery.ts';
import { respond } from './respond.ts';
import { LITERALLY, type Show } from './show.ts';
import type { Workspace } from './workspaces.ts';

/** What one person alone sees. */
export type Replies = {
  /** The body of an answer to a slash command, which Slack shows at once. */
  inline(card: CleanCard): Drawn;
  /** Shows a card to whoever acted. */
  send(workspace: Workspace, to: ReplyTo, card: CleanCard): Promise<void>;
  /** One sentence of our own. */
  say(workspace: Workspace, to: ReplyTo, sentence: string): Promise<void>;
  /** Hands out what did not fit, or is a file by nature: nobody else in the channel may open it. */
  sendFiles(workspace: Workspace, user: string, files: Drawn['files']): Promise<void>;
  showHome(workspace: Workspace, user: string, card: CleanCard): Promise<void>;
};

export function createReplies(options: { call: Call; show: Show; files: Files }): Replies {
  const { call, show, files } = options;

  const inline = (card: CleanCard) => drawCard(card, { newer: false });

  async function sendFiles(
    workspace: Workspace,
    user: string,
    drawn: Drawn['files'],
  ): Promise<void> {
    if (drawn.length === 0) return;
    // Posting to a person opens the conversation with them and says which it is.
    const text = drawn.length === 1 ? 'The file you asked for:' : 'The files you asked for:';
    const { channel, ts } = await call(
      workspace.token,
      'chat.postMessage',
      { channel: user, text, ...LITERALLY },
      posted,
    );
    for (const file of drawn) await files.share(workspace.token, { channel, thread: ts }, file);
  }

  async function whisper(
    { token }: Workspace,
    to: ReplyTo,
    said: { text: string; blocks?: Drawn['blocks'] },
  ): Promise<void> {
    if (to.responseUrl !== undefined) {
      const replace_original = to.replaces === true;
      const body = { ...EPHEMERAL, replace_original, ...said, ...threadOf(to) };
      // Used up or too old: what was to be said goes the other way.
      const isSaid = await respond(to.responseUrl, body).then(
        () => true,
        () => false,
      );
      if (isSaid) return;
    }
    const { channel, user, direct } = to;
    const args = { channel, ...said, ...LITERALLY, ...threadOf(to) };
    if (direct) await call(token, 'chat.postMessage', args, anything);
    else await call(token, 'chat.postEphemeral', { ...args, user }, anything);
  }

  return {
    inline,
    sendFiles,

    async send(workspace, to, card) {
      if (to.direct) {
        const args = { channel: to.channel, ...LITERALLY, ...threadOf(to) };
        const { drawn } = await show(workspace, 'chat.postMessage', card, args, anything);
        await sendFiles(workspace, to.user, drawn.files);
        return;
      }
      const drawn = inline(card);
      await whisper(workspace, to, { text: drawn.text, blocks: drawn.blocks });
      await sendFiles(workspace, to.user, drawn.files);
    },

    say: (workspace, to, sentence) => whisper(workspace, to, { text: escapeMarkup(sentence) }),

    async showHome(workspace, user, card) {
      const { blocks } = drawCard(card, { newer: false, blocks: LIMITS.viewBlocks });
      const view = { type: 'home', blocks };
      await call(workspace.token, 'views.publish', { user_id: user, view }, anything);
    },
  };
}

/** For slash commands and response URLs. The card that was clicked on stays as it is. */
const EPHEMERAL = { response_type: 'ephemeral', replace_original: false } as const;

export function bodyOf({ text, blocks }: Drawn) {
  return { ...EPHEMERAL, text, blocks };
}

function threadOf({ thread }: ReplyTo): { thread_ts?: string } {
  return thread === undefined ? {} : { thread_ts: thread };
}
