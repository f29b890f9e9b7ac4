import { expect, it } from 'vitest';
import type { Store } from '../../adapters/store/index.ts';
import { threadKey } from '../../src/domain/thread-ref.ts';
import { second, unique } from './store-records.ts';

export function channelContract(store: () => Store): void {
  const place = () =>
    ({ platform: 'slack', workspace: unique('T'), channel: unique('C') }) as const;

  it('changes what is given and leaves the rest', async () => {
    const where = place();
    const { channels } = store();
    expect(await channels.settings(where)).toBeUndefined();
    const first = await channels.change(where, { watched: true }, 'U1', second(1));
    expect(first).toEqual({ watched: true, mode: 'quiet' });
    await channels.change(where, { onCall: 'U7' }, 'U1', second(2));
    const third = await channels.change(where, { mode: 'off' }, 'U2', second(3));
    expect(third).toEqual({ watched: true, mode: 'off', onCall: 'U7' });
    expect(await channels.settings({ ...where })).toEqual(third);
    await channels.change(where, { watched: false }, 'U2', second(4));
    expect(await channels.settings(where)).toEqual({ watched: false, mode: 'off', onCall: 'U7' });
  });

  it('calls nobody any more when an empty name is given', async () => {
    const where = place();
    await store().channels.change(where, { onCall: 'S1' }, 'U1', second(1));
    await store().channels.change(where, { onCall: '' }, 'U1', second(2));
    expect(await store().channels.settings(where)).toEqual({ watched: false, mode: 'quiet' });
  });

  it('keeps changes of different settings that are made at once', async () => {
    const where = place();
    await Promise.all([
      store().channels.change(where, { watched: true }, 'U1', second(1)),
      store().channels.change(where, { mode: 'verbose' }, 'U2', second(1)),
      store().channels.change(where, { onCall: 'U3' }, 'U3', second(1)),
    ]);
    const all = { watched: true, mode: 'verbose', onCall: 'U3' };
    expect(await store().channels.settings(where)).toEqual(all);
  });

  it('writes down who changed what', async () => {
    const where = place();
    const thread = { ...where, thread: '1.1' };
    await store().channels.change(thread, { watched: true, mode: 'off' }, 'U1', second(1));
    const subject = threadKey(where);
    expect(await store().audit.ofSubject(subject)).toEqual([
      {
        at: second(1),
        actor: 'U1',
        action: 'channel.changed',
        subject,
        detail: 'watched=true mode=off',
      },
    ]);
  });

  it('lists the watched channels of one workspace', async () => {
    const where = place();
    const change = (channel: string, watched: boolean) =>
      store().channels.change({ ...where, channel }, { watched }, 'U1', second(1));
    await change('C2', true);
    await change('C1', true);
    await change('C3', true);
    await change('C3', false);
    expect(await store().channels.watched('slack', where.workspace)).toEqual(['C1', 'C2']);
    expect(await store().channels.watched('teams', where.workspace)).toEqual([]);
  });
}

export function installationContract(store: () => Store): void {
  it('keeps one installation a workspace, the latest, until it is removed', async () => {
    const workspace = unique('T');
    const first = {
      platform: 'slack',
      workspace,
      sealed: 'v1.abc',
      installedAt: second(1),
    } as const;
    const again = { ...first, sealed: 'v1.def', installedAt: second(2) };
    const { installations } = store();
    expect(await installations.find('slack', workspace)).toBeUndefined();
    await installations.save(first);
    await installations.save({ ...first, platform: 'teams' });
    await installations.save(again);
    expect(await installations.find('slack', workspace)).toEqual(again);
    await installations.remove('slack', workspace);
    await installations.remove('slack', workspace);
    expect(await installations.find('slack', workspace)).toBeUndefined();
    expect(await installations.find('teams', workspace)).toEqual({ ...first, platform: 'teams' });
  });
}
