import { and, eq } from 'drizzle-orm';
import type { Installation, InstallationStore } from '../../src/ports/installation-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { installations } from './schema/index.ts';

export function createInstallationStore({ orm }: Database): InstallationStore {
  const of = (platform: Installation['platform'], workspace: string) =>
    and(eq(installations.platform, platform), eq(installations.workspace, workspace));

  return atBorder<InstallationStore>({
    async save(installation) {
      const { sealed, installedAt } = installation;
      await orm
        .insert(installations)
        .values(installation)
        .onConflictDoUpdate({
          target: [installations.platform, installations.workspace],
          set: { sealed, installedAt },
        });
    },

    async find(platform, workspace) {
      const [row] = await orm.select().from(installations).where(of(platform, workspace));
      return row;
    },

    async remove(platform, workspace) {
      await orm.delete(installations).where(of(platform, workspace));
    },
  });
}
