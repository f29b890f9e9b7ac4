import { z } from 'zod';
import type { Actor } from '../../../src/domain/event.ts';
import { voteValueSchema } from '../../../src/domain/event.ts';
import { actionOf, incidentIdOf, VOTE_ACTIONS } from '../draw/names.ts';
import { COMMAND, FORMS, SHORTCUTS } from '../surface.ts';
import { type Delivery, type Identity, ignored } from './delivery.ts';
import { readCommand } from './markup.ts';
import { messageText } from './message-text.ts';
import {
  type BlockActions,
  blockActionsSchema,
  commandSchema,
  shortcutSchema,
  type ViewSubmission,
  viewSubmissionSchema,
} from './payloads.ts';
import { isForeign, placeOf } from './place.ts';

/** `/triage`; without text it opens the form. */
export function readCommandPayload(body: unknown, identity: Identity, now: Date): Delivery {
  const parsed = commandSchema.safeParse(body);
  if (!parsed.success) return ignored('malformed');
  const { command, team_id, channel_id: channel, user_id, user_name, trigger_id } = parsed.data;
  const responseUrl = parsed.data.response_url;
  if (command !== COMMAND) return ignored('unknown');
  if (isForeign(team_id, identity)) return ignored('foreign');
  const text = readCommand(parsed.data.text);
  const isEmpty = text.trim() === '';
  return {
    kind: 'event',
    event: {
      kind: 'command',
      // The same for every repeat of this one command.
      occurrence: trigger_id ?? responseUrl ?? `${user_id}/${now.getTime()}`,
      where: placeOf(identity.workspace, channel),
      actor: { id: user_id, name: user_name ?? user_id, isBot: false },
      at: now.toISOString(),
      text,
    },
    ...(user_name === undefined ? { lookUp: { actor: true } } : {}),
    reply: { channel, user: user_id, responseUrl, inline: true },
    ...(isEmpty && trigger_id !== undefined
      ? { form: { name: 'report', trigger: trigger_id, about: { channel, responseUrl } } }
      : {}),
  };
}

/** A button, a choice, a vote. */
export function readBlockActions(body: unknown, identity: Identity, now: Date): Delivery {
  const parsed = blockActionsSchema.safeParse(body);
  if (!parsed.success) return ignored('malformed');
  const { user, actions, response_url, trigger_id } = parsed.data;
  if (isForeign(user.team_id, identity)) return ignored('foreign');
  const [click] = actions;
  const incidentId = incidentIdOf(click?.block_id ?? '');
  if (click !== undefined && isHome(parsed.data)) {
    return readHomeClick(parsed.data, click, identity, now);
  }
  // Links and inputs of forms are reported too, and mean nothing to us.
  if (click === undefined || incidentId === undefined) return ignored('silent');
  const { channel, thread } = placeOfClick(parsed.data);
  const base = {
    occurrence: [click.action_ts ?? trigger_id ?? '', user.id, click.action_id].join('/'),
    where: placeOf(identity.workspace, channel ?? user.id, thread),
    actor: actorOf(user),
    at: now.toISOString(),
    incidentId,
  };
  const reply = {
    channel: channel ?? user.id,
    user: user.id,
    thread,
    responseUrl: response_url,
    replaces: parsed.data.container?.is_ephemeral,
  };
  const about = { channel: channel ?? user.id, thread, incidentId, responseUrl: response_url };
  const correction =
    trigger_id === undefined
      ? undefined
      : ({ name: 'correction', trigger: trigger_id, about } as const);
  const action = actionOf(click.action_id);
  const value = click.selected_option?.value ?? click.value;
  if (isVote(action)) {
    const vote = voteValueSchema.safeParse(value);
    if (!vote.success) return ignored('malformed');
    return {
      kind: 'event',
      event: { kind: 'vote', ...base, value: vote.data },
      reply,
      ...(vote.data === 'down' ? { form: correction, formAfter: true } : {}),
    };
  }
  return {
    kind: 'event',
    event: { kind: 'action', ...base, action, ...(value === undefined ? {} : { value }) },
    reply,
    ...(action === WRONG_CATEGORY ? { form: correction } : {}),
  };
}

/** What the buttons of the home page open; they are about no incident. */
const HOME_FORMS: Record<string, 'report' | 'settings'> = {
  report: 'report',
  'channel-settings': 'settings',
};

function isHome({ view }: BlockActions): boolean {
  return view?.type === 'home';
}

/** Where the form cannot be opened, the page is drawn again: it says how to do it by a command. */
function readHomeClick(
  { user, trigger_id: trigger }: BlockActions,
  { action_id, action_ts }: BlockActions['actions'][number],
  identity: Identity,
  now: Date,
): Delivery {
  const name = HOME_FORMS[actionOf(action_id)];
  if (name === undefined || trigger === undefined) return ignored('silent');
  return {
    kind: 'event',
    event: {
      kind: 'home',
      occurrence: [user.id, action_ts ?? trigger].join('/'),
      where: placeOf(identity.workspace, user.id),
      actor: actorOf(user),
      at: now.toISOString(),
    },
    form: { name, trigger, about: {} },
  };
}

/** The button whose answer is a form here and a choice where there are no forms. */
const WRONG_CATEGORY = 'wrong-category';

function isVote(action: string): boolean {
  return Object.values<string>(VOTE_ACTIONS).includes(action);
}

/** A card in a channel opens its own thread. What only its reader sees has none. */
function placeOfClick({ channel, container, message }: BlockActions) {
  const ts = message?.ts ?? container?.message_ts;
  const thread = message?.thread_ts ?? container?.thread_ts;
  return {
    channel: channel?.id ?? container?.channel_id,
    thread: thread ?? (container?.is_ephemeral ? undefined : ts),
  };
}

/** "Triage this message" and "Explain for leadership", in the menu of every message. */
export function readShortcut(body: unknown, identity: Identity, now: Date): Delivery {
  const parsed = shortcutSchema.safeParse(body);
  if (!parsed.success) return ignored('malformed');
  const { callback_id, user, channel, message, response_url } = parsed.data;
  if (isForeign(user.team_id, identity)) return ignored('foreign');
  const thread = message.thread_ts ?? message.ts;
  const base = {
    kind: 'command',
    where: placeOf(identity.workspace, channel.id, thread),
    actor: actorOf(user),
    at: now.toISOString(),
  } as const;
  const reply = { channel: channel.id, user: user.id, thread, responseUrl: response_url };
  switch (callback_id) {
    case SHORTCUTS.triage: {
      const text = messageText(message);
      if (text.trim() === '') return ignored('silent');
      // Two people who triage one message mean one incident.
      const event = { ...base, occurrence: `triage/${message.ts}`, text, isReport: true };
      return { kind: 'event', event, reply };
    }
    case SHORTCUTS.explain: {
      const occurrence = `explain/${message.ts}/${parsed.data.trigger_id ?? user.id}`;
      return { kind: 'event', event: { ...base, occurrence, text: 'rca' }, reply };
    }
    default:
      return ignored('unknown');
  }
}

const aboutSchema = z.object({
  channel: z.string().min(1).optional(),
  thread: z.string().optional(),
  incidentId: z.string().optional(),
  responseUrl: z.string().optional(),
});

/** A form that somebody sent. */
export function readViewSubmission(body: unknown, identity: Identity, now: Date): Delivery {
  const parsed = viewSubmissionSchema.safeParse(body);
  if (!parsed.success) return ignored('malformed');
  const { user, view } = parsed.data;
  if (isForeign(user.team_id, identity)) return ignored('foreign');
  const about = aboutSchema.safeParse(parseJson(view.private_metadata));
  if (!about.success) return ignored('malformed');
  const { thread, incidentId, responseUrl } = about.data;
  const { channel: chosen, ...values } = valuesOf(view);
  const channel = about.data.channel ?? chosen;
  if (channel === undefined) return ignored('malformed');
  const base = {
    // A form can be sent once.
    occurrence: view.id,
    where: placeOf(identity.workspace, channel, thread),
    actor: actorOf(user),
    at: now.toISOString(),
  };
  // Opened at home, where nobody looks at the channel: the answer comes in the conversation with us.
  const reply =
    about.data.channel === undefined
      ? { channel: user.id, user: user.id, direct: true }
      : { channel, user: user.id, thread, responseUrl };
  switch (view.callback_id) {
    case FORMS.report: {
      // Slack lets white space pass.
      if (values.what === undefined) {
        return { kind: 'incomplete', errors: { what: 'Say in a few words what is wrong.' } };
      }
      const event = { kind: 'command', ...base, text: reportText(values), isReport: true } as const;
      // From home, the card in the channel that was chosen is the answer.
      return { kind: 'event', event, ...(about.data.channel === undefined ? {} : { reply }) };
    }
    case FORMS.settings: {
      const text = values.setting;
      if (text === undefined) return ignored('malformed');
      return { kind: 'event', event: { kind: 'command', ...base, text }, reply };
    }
    case FORMS.correction: {
      const { category, ...fields } = values;
      if (incidentId === undefined || category === undefined) return ignored('malformed');
      const action = { action: 'correct-category', value: category, fields };
      return { kind: 'event', event: { kind: 'action', ...base, incidentId, ...action }, reply };
    }
    default:
      return ignored('unknown');
  }
}

/** By the names of the fields, without those left empty. */
function valuesOf(view: ViewSubmission['view']): Record<string, string> {
  const values: Record<string, string> = {};
  for (const actions of Object.values(view.state.values)) {
    for (const [name, { value, selected_option, selected_conversation }] of Object.entries(
      actions,
    )) {
      const given = (selected_option?.value ?? selected_conversation ?? value ?? '').trim();
      if (given !== '') values[name] = given;
    }
  }
  return values;
}

function reportText({ what = '', service, since, logs }: Record<string, string>): string {
  return [
    what,
    ...(service === undefined ? [] : [`Service: ${service}`]),
    ...(since === undefined ? [] : [`Since: ${since}`]),
    ...(logs === undefined ? [] : [logs]),
  ].join('\n');
}

function actorOf(user: BlockActions['user']): Actor {
  return { id: user.id, name: user.username ?? user.name ?? user.id, isBot: false };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
