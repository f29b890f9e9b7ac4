/** One workspace that installed the app. The secrets are sealed before they come here. */
export type Installation = {
  platform: 'slack' | 'teams';
  workspace: string;
  /** Encrypted with the operator's key. */
  sealed: string;
  installedAt: Date;
};

export interface InstallationStore {
  save(installation: Installation): Promise<void>;
  find(platform: Installation['platform'], workspace: string): Promise<Installation | undefined>;
  /** Uninstalled, or its tokens were revoked. */
  remove(platform: Installation['platform'], workspace: string): Promise<void>;
}
