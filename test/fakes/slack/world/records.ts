import type { JsonObject } from '../json.ts';

export type Workspace = {
  id: string;
  domain: string;
  name: string;
  /** Rejects the blocks that came later, as workspaces do whose plan or client lacks them. */
  olderPlan: boolean;
  /** The organisation that installed the app for all of its workspaces, this one among them. */
  organisation: string | undefined;
  /** Our app's bot in this workspace. */
  botUser: string;
  botId: string;
  botToken: string;
  /** What the token may do; undefined: everything. */
  scopes: ReadonlySet<string> | undefined;
  /** What calls with the token are refused with from now on, such as `token_revoked`. */
  refused: string | undefined;
};

export type User = {
  id: string;
  name: string;
  realName: string;
  workspace: string;
  isBot: boolean;
};

/** Another program that posts, such as an alert integration. */
export type Integration = { id: string; name: string; appId: string; user: string };

export type ChannelKind = 'public' | 'private' | 'im';

export type Channel = {
  id: string;
  name: string;
  workspace: string;
  kind: ChannelKind;
  members: Set<string>;
  /** Other workspaces that see this channel (Slack Connect). */
  sharedWith: string[];
  archived: boolean;
};

export type StoredFile = {
  id: string;
  name: string;
  title: string;
  user: string;
  workspace: string;
  content: Buffer;
  created: number;
  /** Where it was shared; an upload nobody completed is seen by nobody. */
  shares: { channel: string; ts: string }[];
};

export type Reaction = { name: string; users: string[] };

export type Message = {
  channel: string;
  ts: string;
  threadTs: string | undefined;
  user: string | undefined;
  botId: string | undefined;
  subtype: string | undefined;
  text: string;
  blocks: JsonObject[];
  attachments: JsonObject[];
  metadata: JsonObject | undefined;
  files: StoredFile[];
  reactions: Reaction[];
  editedTs: string | undefined;
  /** How often it was edited. */
  edits: number;
};

export type Ephemeral = {
  channel: string;
  user: string;
  ts: string;
  threadTs: string | undefined;
  text: string;
  blocks: JsonObject[];
};

export type View = {
  id: string;
  workspace: string;
  user: string;
  hash: string;
  /** The modal as the app sent it. */
  view: JsonObject;
  root: string;
  previous: string | undefined;
  open: boolean;
  /** What the app said about single fields when it refused a submission. */
  errors: Record<string, string>;
};
