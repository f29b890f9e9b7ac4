import type { Identity } from './read/delivery.ts';

/** One workspace that we may act in. */
export type Workspace = Identity & {
  id: string;
  token: string;
  /** Where it opens in a browser, when that is known already. */
  url?: string | undefined;
};

export type Workspaces = {
  /** Fails with `forbidden` when the app is not installed there. */
  of(team: string, enterprise?: string | undefined): Promise<Workspace>;
  /** The app was uninstalled there, or its tokens are no longer good. */
  leave(team: string, enterprise?: string | undefined): Promise<void>;
};
