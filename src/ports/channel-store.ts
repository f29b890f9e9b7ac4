import type { ThreadRef } from '../domain/thread-ref.ts';

export const CHANNEL_MODES = ['quiet', 'verbose', 'off'] as const;
export type ChannelMode = (typeof CHANNEL_MODES)[number];

/** What people set for one channel. */
export type ChannelSettings = {
  /** Every new message in it is a report, whatever its name. */
  watched: boolean;
  mode: ChannelMode;
  /** Whom to call, as the platform writes a mention: a user's or a group's id. */
  onCall?: string;
};

type Place = Pick<ThreadRef, 'platform' | 'workspace' | 'channel'>;

export interface ChannelStore {
  settings(place: Place): Promise<ChannelSettings | undefined>;
  /** Changes what is given and leaves the rest. */
  change(
    place: Place,
    change: Partial<ChannelSettings>,
    actor: string,
    at: Date,
  ): Promise<ChannelSettings>;
  watched(platform: Place['platform'], workspace: string): Promise<string[]>;
}
