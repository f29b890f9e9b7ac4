import { expect, it } from 'vitest';
import type { Store } from '../../adapters/store/index.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { anna, newIncident, newTriage, recorded, second, unique } from './store-records.ts';

export function incidentContract(store: () => Store): void {
  it('records a report with its first timeline entry and its audit line', async () => {
    const report = newIncident();
    const { incident, created } = await store().incidents.record(report);
    expect(created).toBe(true);
    expect(incident).toEqual({
      id: report.id,
      eventKey: report.eventKey,
      where: report.where,
      reporter: anna,
      text: report.text,
      status: 'open',
      revision: 1,
      shownRevision: 0,
      createdAt: report.at,
      updatedAt: report.at,
    });
    expect(await store().incidents.byId(report.id)).toEqual(incident);
    expect(await store().timeline.ofIncident(report.id)).toEqual([
      {
        incidentId: report.id,
        eventKey: report.eventKey,
        author: anna,
        text: report.text,
        at: report.at,
      },
    ]);
    expect(await store().audit.ofSubject(report.id)).toEqual([
      { at: report.at, actor: anna.id, action: 'incident.recorded', subject: report.id },
    ]);
  });

  it('gives back the first record when the same event is reported again', async () => {
    const report = newIncident();
    await store().incidents.record(report);
    const again = await store().incidents.record({ ...report, id: unique('inc'), text: 'else' });
    expect(again).toMatchObject({ created: false, incident: { id: report.id, text: report.text } });
    expect(await store().timeline.ofIncident(report.id)).toHaveLength(1);
    expect(await store().audit.ofSubject(report.id)).toHaveLength(1);
  });

  it('creates exactly one incident when 20 deliveries of one event arrive at once', async () => {
    const eventKey = unique('event');
    const results = await Promise.all(
      Array.from({ length: 20 }, () => store().incidents.record(newIncident({ eventKey }))),
    );
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    const ids = new Set(results.map(({ incident }) => incident.id));
    expect(ids.size).toBe(1);
    const [id = ''] = ids;
    expect(await store().timeline.ofIncident(id)).toHaveLength(1);
  });

  it('keeps 100 KB of any script, without the signs that Postgres refuses', async () => {
    const text = `${'ä🚨漢\n'.repeat(12_000)}end`;
    const kept = await recorded(store(), { text: `a\0b \ud83d ${text}` });
    expect(kept.text).toBe(`ab \ufffd ${text}`);
    expect((await store().incidents.byId(kept.id))?.text).toBe(kept.text);
    const [entry] = await store().timeline.ofIncident(kept.id);
    expect(entry?.text).toBe(kept.text);
  });

  it('finds an incident whose key held such signs when asked with them again', async () => {
    const eventKey = `${unique('event')}\0`;
    await recorded(store(), { eventKey });
    expect(await store().incidents.record(newIncident({ eventKey }))).toMatchObject({
      created: false,
    });
  });

  it('finds an incident by its thread, of this channel, workspace and platform only', async () => {
    const channel = unique('channel');
    const thread = { platform: 'slack', workspace: 'T1', channel, thread: '1.1' } as const;
    const incident = await recorded(store(), { where: thread });
    expect((await store().incidents.byThread(thread))?.id).toBe(incident.id);
    expect(await store().incidents.byThread({ ...thread, thread: '1.2' })).toBeUndefined();
    expect(await store().incidents.byThread({ ...thread, workspace: 'T2' })).toBeUndefined();
    expect(await store().incidents.byThread({ ...thread, platform: 'teams' })).toBeUndefined();
    const { thread: _, ...place } = thread;
    expect(await store().incidents.byThread(place)).toBeUndefined();
  });

  it('settles an incident in the first thread it is given', async () => {
    const { id, where } = await recorded(store());
    const [first, other] = [unique('thread'), unique('thread')];
    expect(await store().incidents.markShown(id, 1, first)).toBe(1);
    expect(await store().incidents.markShown(id, 1, other)).toBe(1);
    expect(await store().incidents.markShown(unique('inc'), 1, first)).toBeUndefined();
    expect((await store().incidents.byThread({ ...where, thread: first }))?.id).toBe(id);
    expect(await store().incidents.byThread({ ...where, thread: other })).toBeUndefined();
  });

  it('lists newest first, by status, and counts the open ones', async () => {
    const open = await store().incidents.countOpen();
    const day = (n: number) => new Date(Date.UTC(2030, 0, n));
    const first = await recorded(store(), { at: day(1) });
    const second = await recorded(store(), { at: day(2) });
    const third = await recorded(store(), { at: day(3) });
    await store().incidents.setStatus(second.id, 'resolved', anna, day(4));
    const ids = async (filter: Parameters<Store['incidents']['list']>[0]) =>
      (await store().incidents.list(filter)).map(({ id }) => id);
    expect(await ids({ limit: 3 })).toEqual([third.id, second.id, first.id]);
    expect(await ids({ status: 'open', limit: 2 })).toEqual([third.id, first.id]);
    expect(await ids({ status: 'resolved', limit: 1 })).toEqual([second.id]);
    expect(await store().incidents.countOpen()).toBe(open + 2);
  });

  it('lists and counts those of one workspace alone', async () => {
    const { incidents } = store();
    const workspace = unique('T');
    const where = { platform: 'slack', workspace, channel: 'C1' } as const;
    const own = await recorded(store(), { where });
    await recorded(store(), { where: { ...where, workspace: unique('T') } });
    await recorded(store(), { where: { ...where, platform: 'teams' } });
    const place = { platform: 'slack', workspace } as const;
    expect((await incidents.list({ workspace: place, limit: 9 })).map(({ id }) => id)).toEqual([
      own.id,
    ]);
    expect(await incidents.countOpen(place)).toBe(1);
  });

  it('changes the status once, counts the revision up and writes it down', async () => {
    const { id } = await recorded(store());
    const resolved = await store().incidents.setStatus(id, 'resolved', anna, second(9));
    expect(resolved).toMatchObject({ status: 'resolved', revision: 2, updatedAt: second(9) });
    expect(await store().incidents.setStatus(id, 'resolved', anna, second(10))).toBeUndefined();
    expect((await store().incidents.byId(id))?.revision).toBe(2);
    expect((await store().audit.ofSubject(id)).map(({ action }) => action)).toEqual([
      'incident.recorded',
      'incident.status',
    ]);
    expect(
      await store().incidents.setStatus(unique('inc'), 'open', anna, second(9)),
    ).toBeUndefined();
  });

  it('lists the incidents of one channel', async () => {
    const channel = { platform: 'teams', workspace: 'T1', channel: unique('channel') } as const;
    const open = await recorded(store(), { where: { ...channel, thread: 'a' } });
    const done = await recorded(store(), { where: channel, at: second(1) });
    await recorded(store(), { where: { ...channel, workspace: 'T2' } });
    await recorded(store(), { where: { ...channel, platform: 'slack' } });
    await store().incidents.setStatus(done.id, 'resolved', anna, second(2));
    const ids = async (status?: Incident['status']) =>
      (await store().incidents.list({ channel, limit: 5, ...(status ? { status } : {}) })).map(
        ({ id }) => id,
      );
    expect(await ids()).toEqual([done.id, open.id]);
    expect(await ids('open')).toEqual([open.id]);
  });

  it('keeps what people said about a resolution, and adds what they say later', async () => {
    const { id } = await recorded(store());
    const said = (at: number, what: { cause?: string; fix?: string }) =>
      store().incidents.setStatus(id, 'resolved', anna, second(at), what);
    const resolution = async () => (await store().incidents.byId(id))?.resolution;
    const first = await said(9, { fix: 'Rolled back.' });
    expect(first).toMatchObject({ status: 'resolved', revision: 2 });
    expect(first?.resolution).toEqual({ at: second(9), fix: 'Rolled back.' });
    const added = await said(20, { cause: 'A bad migration.' });
    const whole = { at: second(9), fix: 'Rolled back.', cause: 'A bad migration.' };
    expect(added).toMatchObject({ revision: 3, resolution: whole });
    expect(await said(21, {})).toBeUndefined();
    expect(await resolution()).toEqual(whole);
    await said(22, { fix: 'Rolled back and fixed.' });
    expect(await resolution()).toEqual({ ...whole, fix: 'Rolled back and fixed.' });
    expect(await store().audit.ofSubject(id)).toHaveLength(4);
  });

  it('forgets the resolution of an incident that is opened again', async () => {
    const { id } = await recorded(store());
    const said = { cause: 'A full disk.', fix: 'Freed space.' };
    await store().incidents.setStatus(id, 'resolved', anna, second(9), said);
    const open = await store().incidents.setStatus(id, 'open', anna, second(10), said);
    expect(open).toMatchObject({ status: 'open', revision: 3 });
    expect(open).not.toHaveProperty('resolution');
    const again = await store().incidents.setStatus(id, 'resolved', anna, second(11));
    expect(again?.resolution).toEqual({ at: second(11) });
  });

  it('lists incidents whose card has been behind, longest first, until it is shown', async () => {
    const long = (n: number) => new Date(Date.UTC(2020, 0, 1, 0, 0, n));
    const behind = async () =>
      (await store().incidents.listBehind(long(30), 10)).map(({ id }) => id);
    const later = await recorded(store(), { at: long(20) });
    const earlier = await recorded(store(), { at: long(10) });
    await recorded(store(), { at: long(30) });
    expect(await behind()).toEqual([earlier.id, later.id]);
    expect(await store().incidents.listBehind(long(30), 1)).toHaveLength(1);

    await store().incidents.markShown(earlier.id, 1, 't1');
    expect(await behind()).toEqual([later.id]);

    // Behind since its latest change, not since it was recorded.
    await store().triages.add(newTriage(earlier.id, { createdAt: long(25) }));
    expect(await behind()).toEqual([later.id, earlier.id]);
    await store().incidents.markShown(earlier.id, 2, 't1');
    await store().incidents.markShown(later.id, 1, 't1');
    expect(await behind()).toEqual([]);
  });

  it('never goes back to an older shown revision', async () => {
    const { id } = await recorded(store());
    await store().triages.add(newTriage(id));
    await store().incidents.markShown(id, 2, 't1');
    await store().incidents.markShown(id, 1, 't1');
    expect(await store().incidents.byId(id)).toMatchObject({ revision: 2, shownRevision: 2 });
  });

  it('stays behind when a change comes between drawing the card and saying so', async () => {
    const { id } = await recorded(store(), { at: new Date(Date.UTC(2019, 0, 1)) });
    await store().triages.add(newTriage(id));
    await store().incidents.markShown(id, 1, 't1');
    const found = await store().incidents.listBehind(new Date(Date.UTC(2019, 0, 2)), 10);
    expect(found.map((incident) => incident.id)).toEqual([id]);
    await store().incidents.markShown(id, 2, 't1');
  });

  it('takes a message into the timeline once, in order of arrival', async () => {
    const { id } = await recorded(store());
    const entry = (n: number) => ({
      incidentId: id,
      eventKey: `${id}-${n}`,
      author: { id: 'B1', name: 'Deploy bot', isBot: true },
      text: `message ${n}`,
      at: second(n),
    });
    expect(await store().timeline.add(entry(1))).toBe(true);
    expect(await store().timeline.add(entry(2))).toBe(true);
    expect(await store().timeline.add(entry(1))).toBe(false);
    const [report, ...messages] = await store().timeline.ofIncident(id);
    expect(report?.author).toEqual(anna);
    expect(messages).toEqual([entry(1), entry(2)]);
  });

  it('refuses what belongs to no incident', async () => {
    const incidentId = unique('inc');
    const orphan = {
      incidentId,
      eventKey: unique('event'),
      author: anna,
      text: 'x',
      at: second(1),
    };
    await expect(store().timeline.add(orphan)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('remembers which clicks were taken, and forgets the old ones', async () => {
    const [old, young] = [unique('click'), unique('click')];
    await store().inbox.note(old, second(1));
    await store().inbox.note(young, second(2));
    await store().inbox.note(young, second(3));
    expect(await store().inbox.has(old)).toBe(true);
    await store().inbox.forget(second(2));
    expect(await store().inbox.has(old)).toBe(false);
    expect(await store().inbox.has(young)).toBe(true);
  });

  it('keeps the audit of a subject in order', async () => {
    const subject = unique('subject');
    const line = { at: second(1), actor: 'U1', action: 'first', subject };
    await store().audit.add(line);
    await store().audit.add({ ...line, action: 'second', detail: 'why' });
    expect(await store().audit.ofSubject(subject)).toEqual([
      line,
      { ...line, action: 'second', detail: 'why' },
    ]);
  });
}
