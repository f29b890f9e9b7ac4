import { expect, it } from 'vitest';
import type { Store } from '../../adapters/store/index.ts';
import { type Card, textCard } from '../../src/domain/card.ts';
import type { NewConsoleMessage } from '../../src/ports/console-log.ts';
import { anna, second, unique } from './store-records.ts';

const bot = { id: 'sitrep', name: 'Sitrep', isBot: true };

function said(change: Partial<NewConsoleMessage> = {}): NewConsoleMessage {
  return {
    id: unique('msg'),
    channel: 'general',
    author: anna,
    body: { text: 'hello' },
    createdAt: second(1),
    ...change,
  };
}

export function consoleLogContract(store: () => Store): void {
  const newest = async () => (await store().consoleLog.recent(1))[0]?.change ?? 0;

  it('keeps what was said and shown', async () => {
    const before = await newest();
    const root = await store().consoleLog.add(said());
    const shown = said({
      thread: root.id,
      author: bot,
      body: { card: textCard('On it.') },
      deliveryKey: unique('card'),
    });
    const card = await store().consoleLog.add(shown);
    expect(card).toEqual({ ...shown, edited: false, change: card.change });
    expect(await store().consoleLog.after(before, 10)).toEqual([root, card]);
    expect(await store().consoleLog.byId(root.id)).toEqual(root);
    expect(await store().consoleLog.byDeliveryKey(shown.deliveryKey ?? '')).toEqual(card);
    expect(await store().consoleLog.byId(unique('msg'))).toBeUndefined();
  });

  it('adds nothing twice, by id or by delivery key', async () => {
    const message = said({ deliveryKey: unique('card'), body: { card: textCard('One.') } });
    const first = await store().consoleLog.add(message);
    expect(await store().consoleLog.add({ ...message, body: { text: 'else' } })).toEqual(first);
    expect(await store().consoleLog.add({ ...message, id: unique('msg') })).toEqual(first);
  });

  it('gives an edited card a new change, and edits nothing else', async () => {
    const shown = await store().consoleLog.add(said({ body: { card: textCard('One.') } }));
    const spoken = await store().consoleLog.add(said());
    const two: Card = { ...textCard('Two\0.'), incidentId: 'inc_1' };
    expect(await store().consoleLog.editCard(shown.id, two)).toBe(true);
    const [edited, ...rest] = await store().consoleLog.after(spoken.change, 10);
    expect(rest).toEqual([]);
    expect(edited).toMatchObject({
      id: shown.id,
      edited: true,
      body: { card: { ...textCard('Two.'), incidentId: 'inc_1' } },
    });
    expect(await store().consoleLog.editCard(spoken.id, two)).toBe(false);
    expect(await store().consoleLog.editCard(unique('msg'), two)).toBe(false);
  });

  it('reads on in pages, and the newest in order for a page that opens', async () => {
    const before = await newest();
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await store().consoleLog.add(said())).id);
    const idsOf = (messages: { id: string }[]) => messages.map(({ id }) => id);
    const page = await store().consoleLog.after(before, 2);
    expect(idsOf(page)).toEqual(ids.slice(0, 2));
    const rest = await store().consoleLog.after(page[1]?.change ?? 0, 10);
    expect(idsOf(rest)).toEqual(ids.slice(2));
    expect(idsOf(await store().consoleLog.recent(3))).toEqual(ids.slice(2));
  });

  it('lets no change with a lower number appear later, with many writers at once', async () => {
    const before = await newest();
    const cards = await Promise.all(
      Array.from({ length: 5 }, () =>
        store().consoleLog.add(said({ body: { card: textCard('One.') } })),
      ),
    );
    const start = await newest();
    let writing = true;
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let i = 0; i < 15; i++) {
        const card = cards[(writer + i) % cards.length];
        if (card && i % 3 === 0) await store().consoleLog.editCard(card.id, textCard(`v${i}`));
        else await store().consoleLog.add(said({ channel: `c${writer}` }));
      }
    });
    const done = Promise.allSettled(writers).then(() => {
      writing = false;
    });
    const seen: string[] = [];
    let last = start;
    for (let more = true; more; ) {
      const finishing = !writing;
      const news = await store().consoleLog.after(last, 50);
      for (const message of news) {
        expect(message.change).toBeGreaterThan(last);
        last = message.change;
        seen.push(message.id);
      }
      more = !finishing || news.length > 0;
    }
    await done;
    await Promise.all(writers);
    // Whoever read along has seen every message that a reader starting over finds.
    const all = await store().consoleLog.after(before, 1_000);
    expect(all).toHaveLength(5 + 8 * 10);
    expect(new Set(seen)).toEqual(new Set(all.map(({ id }) => id)));
  });

  it('knows channels that were made and those that were written to, each once', async () => {
    const [made, written] = [unique('a'), unique('b')];
    await store().consoleLog.addChannel(made);
    await store().consoleLog.addChannel(made);
    await store().consoleLog.add(said({ channel: written }));
    const channels = await store().consoleLog.channels();
    expect(channels.filter((name) => name === made || name === written)).toEqual([made, written]);
  });

  it('forgets threads with nothing new since, and keeps the others whole', async () => {
    const day = (n: number) => new Date(Date.UTC(2002, 0, n));
    const say = async (at: Date, thread?: string) =>
      (
        await store().consoleLog.add(
          said({ createdAt: at, ...(thread === undefined ? {} : { thread }) }),
        )
      ).id;
    const [old, revived, young] = [await say(day(1)), await say(day(1)), await say(day(10))];
    const reply = await say(day(2), old);
    const early = await say(day(2), revived);
    await say(day(11), revived);
    await store().consoleLog.forget(day(10));
    for (const id of [old, reply]) expect(await store().consoleLog.byId(id)).toBeUndefined();
    for (const id of [revived, early, young]) {
      expect(await store().consoleLog.byId(id)).toBeDefined();
    }
  });
}
