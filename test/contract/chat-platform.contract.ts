import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Card, textCard } from '../../src/domain/card.ts';
import { type Event, eventKey, eventSchema } from '../../src/domain/event.ts';
import type { MessageRef, ThreadRef } from '../../src/domain/thread-ref.ts';
import type { ChatPlatform } from '../../src/ports/chat-platform.ts';
import { cleanCard } from '../../src/safety/index.ts';

/** What a reader of the platform sees of one message: its texts as they appear, nothing interpreted. */
export type SeenMessage = { ref: MessageRef; texts: string };

/** A person's doing, sent through the platform's real way in. Equal occurrences are one happening. */
export type Doing =
  | { kind: 'command'; occurrence: string; where: ThreadRef; text: string }
  | { kind: 'message'; occurrence: string; where: ThreadRef; text: string }
  | { kind: 'vote'; occurrence: string; where: ThreadRef; incidentId: string; value: 'up' | 'down' }
  | {
      kind: 'action';
      occurrence: string;
      where: ThreadRef;
      incidentId: string;
      action: string;
      value: string;
    };

export type PlatformUnderTest = {
  platform: ChatPlatform;
  /** A channel where the product may post. */
  where: ThreadRef;
  /** All messages of a channel with its threads, oldest first. */
  seen(where: ThreadRef): Promise<SeenMessage[]>;
  /** The next post arrives, but its answer is lost. */
  loseNextAnswer(): void;
  /** Absent where nothing comes in. */
  inbound?: {
    /** Delivers what somebody did, once more when it was delivered before. */
    deliver(doing: Doing): Promise<void>;
    /** The message that opens a thread, as a person would write it. */
    openThread(): Promise<ThreadRef>;
    /** What the product received, in order. */
    events(): Event[];
    /** Everything that the platform tells about what the product itself wrote has been told. */
    settle(): Promise<void>;
  };
  stop(): Promise<void>;
};

/** Characters that mean something somewhere: to Slack, to Teams, to HTML, to Markdown, to a terminal. */
const HOSTILE_TEXTS: readonly string[] = [
  '<!channel> <!here> <@U012AB3CD> <#C012|general> @everyone @channel',
  '</script><script>alert(1)</script><img src=x onerror=alert(1)>',
  '<at>Everyone</at> &lt;b&gt; &amp;amp; <b>bold</b>',
  '*bold* _italic_ ~gone~ `code` ```fence``` [link](https://evil.example) <https://evil.example|bank>',
  'javascript:alert(1) data:text/html,<script>alert(1)</script>',
  'zero\u200bwidth\u200djoiner \u202eright to left\u202c',
  '\u001b[31mred\u001b[0m \u0007 quotes " \' \\ {{template}} $VALUE $(id) %s',
  'emoji 👩‍👩‍👧‍👦 🇩🇪 é e\u0301 漢字 العربية',
  'line one\nline two\r\nline three\ttab',
];

const DEADLINE = 10_000;

/** What every chat platform does, however it draws. */
export function chatPlatformContract(
  start: () => Promise<PlatformUnderTest>,
  { receives }: { receives: boolean },
): void {
  let under: PlatformUnderTest;
  beforeEach(async () => {
    under = await start();
  });
  afterEach(() => under?.stop());

  const only = async () => {
    const seen = await under.seen(under.where);
    expect(seen).toHaveLength(1);
    return seen[0] as SeenMessage;
  };

  describe('posting', () => {
    it('puts a card into a channel and says where it is', async () => {
      const ref = await under.platform.post(
        under.where,
        cleanCard(textCard('Database down')),
        'key-1',
      );
      expect(ref).toMatchObject({ ...under.where, message: expect.any(String) });
      const seen = await only();
      expect(seen.ref).toEqual(ref);
      expect(seen.texts).toContain('Database down');
    });

    it('puts a card into the thread of a message', async () => {
      const root = await under.platform.post(under.where, cleanCard(textCard('The card')), 'key-1');
      const thread = { ...under.where, thread: root.message };
      const ref = await under.platform.post(thread, cleanCard(textCard('A detail')), 'key-2');
      expect(ref).toMatchObject(thread);
      expect((await under.seen(under.where)).map((message) => message.ref)).toEqual([root, ref]);
    });

    it('shows one message when the same delivery is posted again', async () => {
      const first = await under.platform.post(under.where, cleanCard(textCard('Once')), 'key-1');
      const second = await under.platform.post(under.where, cleanCard(textCard('Once')), 'key-1');
      expect(second).toEqual(first);
      await only();
    });

    it('shows one message when the same delivery is posted twice at the same time', async () => {
      const post = () => under.platform.post(under.where, cleanCard(textCard('Once')), 'key-1');
      const [first, second] = await Promise.all([post(), post()]);
      expect(second).toEqual(first);
      await only();
    });

    it('shows the newer card when a delivery that arrived before is posted again', async () => {
      await under.platform.post(under.where, cleanCard(textCard('Guessing')), 'key-1');
      await under.platform.post(under.where, cleanCard(textCard('Sure now')), 'key-1');
      const { texts } = await only();
      expect(texts).toContain('Sure now');
      expect(texts).not.toContain('Guessing');
    });

    it('keeps deliveries with other keys apart, whatever the keys look like', async () => {
      for (const key of ['a/b', 'a%2Fb', 'a:b', 'card-inc_01', 'card-inc_010']) {
        await under.platform.post(under.where, cleanCard(textCard(`Card ${key}`)), key);
      }
      expect(await under.seen(under.where)).toHaveLength(5);
    });
  });

  describe('editing', () => {
    it('replaces what the message shows, in its place', async () => {
      const ref = await under.platform.post(under.where, cleanCard(textCard('Guessing')), 'key-1');
      await under.platform.post(under.where, cleanCard(textCard('Another')), 'key-2');
      await under.platform.edit(ref, cleanCard(textCard('Sure now')));
      const seen = await under.seen(under.where);
      expect(seen).toHaveLength(2);
      const edited = seen.find((message) => message.ref.message === ref.message);
      expect(edited?.texts).toContain('Sure now');
      expect(edited?.texts).not.toContain('Guessing');
    });

    it('says with an error that is not worth a retry that a message is gone', async () => {
      const ref = await under.platform.post(under.where, cleanCard(textCard('Here')), 'key-1');
      await expect(
        under.platform.edit({ ...ref, message: 'no-such-message' }, cleanCard(textCard('Gone'))),
      ).rejects.toMatchObject({ name: 'AppError', retryable: false });
    });
  });

  describe('finding a delivery', () => {
    it('finds what arrived although its answer was lost', async () => {
      under.loseNextAnswer();
      const posting = under.platform.post(under.where, cleanCard(textCard('Lost answer')), 'key-1');
      await expect(posting).rejects.toMatchObject({ name: 'AppError', retryable: true });
      const found = await under.platform.findDelivery(under.where, 'key-1');
      expect(found).toEqual((await only()).ref);
    });

    it('finds it in a thread', async () => {
      const root = await under.platform.post(under.where, cleanCard(textCard('The card')), 'key-1');
      const thread = { ...under.where, thread: root.message };
      const ref = await under.platform.post(thread, cleanCard(textCard('A detail')), 'key-2');
      expect(await under.platform.findDelivery(thread, 'key-2')).toEqual(ref);
    });

    it('finds nothing where nothing was posted', async () => {
      await under.platform.post(under.where, cleanCard(textCard('Another')), 'key-1');
      expect(await under.platform.findDelivery(under.where, 'key-10')).toBeUndefined();
    });
  });

  describe('hostile text', () => {
    it.each(HOSTILE_TEXTS)('is shown as it was written: %j', async (text) => {
      await under.platform.post(under.where, cleanCard(everywhere(text)), 'key-1');
      const { texts } = await only();
      const times = texts.split(text).length - 1;
      expect(times).toBeGreaterThanOrEqual(3);
    });

    it('of 100,000 characters does not stop the card', async () => {
      const text = 'connection refused '.repeat(5_300);
      await under.platform.post(under.where, cleanCard(textCard(text)), 'key-1');
      expect((await only()).texts).toContain('connection refused');
    });

    it('that no database accepts does not stop the card', async () => {
      const card = textCard('nul\u0000 and half \ud83d a pair');
      const ref = await under.platform.post(under.where, cleanCard(card), 'key-1');
      await under.platform.edit(ref, cleanCard(card));
      expect((await only()).texts).toMatch(/nul.* and half .* a pair/);
    });
  });

  if (!receives) return;

  describe('receiving', () => {
    const doings = (thread: ThreadRef): Doing[] => [
      { kind: 'command', occurrence: 'c1', where: under.where, text: 'checkout times out' },
      { kind: 'command', occurrence: 'c2', where: thread, text: 'resolve' },
      { kind: 'message', occurrence: 'm1', where: under.where, text: 'it is slow' },
      { kind: 'message', occurrence: 'm2', where: thread, text: 'pool is full' },
      { kind: 'vote', occurrence: 'v1', where: under.where, incidentId: 'inc_1', value: 'down' },
      {
        kind: 'action',
        occurrence: 'a1',
        where: thread,
        incidentId: 'inc_1',
        action: 'correct-category',
        value: 'Database',
      },
    ];
    const inbound = () => {
      if (!under.inbound) throw new Error('This platform receives nothing.');
      return under.inbound;
    };

    it('turns everything people do into events of our own shape', async () => {
      const thread = await inbound().openThread();
      const before = inbound().events().length;
      for (const doing of doings(thread)) await inbound().deliver(doing);
      const events = inbound().events().slice(before);
      expect(events).toHaveLength(6);
      for (const [i, doing] of doings(thread).entries()) {
        const event = eventSchema.parse(events[i]);
        const { occurrence: _, ...said } = doing;
        expect(event).toMatchObject({ ...said, actor: { isBot: false } });
      }
    });

    it('gives a repeated delivery the same event key, and other happenings another', async () => {
      const thread = await inbound().openThread();
      const before = inbound().events().length;
      for (const doing of doings(thread)) {
        await inbound().deliver(doing);
        await inbound().deliver(doing);
      }
      const keys = inbound().events().slice(before).map(eventKey);
      expect(keys).toHaveLength(12);
      expect(new Set(keys).size).toBe(6);
      for (let i = 0; i < keys.length; i += 2) expect(keys[i]).toBe(keys[i + 1]);
    });

    it.each(HOSTILE_TEXTS)('keeps what was written as it was: %j', async (text) => {
      const { where } = under;
      await inbound().deliver({ kind: 'message', occurrence: 'm1', where, text });
      expect(inbound().events().at(-1)).toMatchObject({ kind: 'message', text });
    });

    it('never hears itself', async () => {
      const ref = await under.platform.post(
        under.where,
        cleanCard(textCard('/triage me')),
        'key-1',
      );
      await under.platform.post(
        { ...under.where, thread: ref.message },
        cleanCard(textCard('Me')),
        'key-2',
      );
      await under.platform.edit(ref, cleanCard(textCard('@Sitrep triage me')));
      await expect.poll(() => under.seen(under.where), { timeout: DEADLINE }).toHaveLength(2);
      await inbound().settle();
      expect(inbound().events()).toEqual([]);
    });
  });
}

/** The text in every place of a card that takes one from outside. */
function everywhere(text: string): Card {
  return {
    summary: text,
    incidentId: 'inc_1',
    elements: [
      { kind: 'header', text },
      { kind: 'text', text: [text, { text, style: 'bold' }] },
      { kind: 'facts', facts: [{ label: 'Said', value: text }] },
      { kind: 'code', text },
      { kind: 'table', caption: text, columns: [{ label: text, align: 'left' }], rows: [[text]] },
      { kind: 'context', text },
    ],
  };
}
