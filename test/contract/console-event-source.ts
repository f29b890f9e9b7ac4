export type Frame = { event: string; id?: string; data: string };

export type EventReader = {
  /** Everything that came so far. */
  frames: Frame[];
  /** The messages among them. */
  messages(): { id: string; change: number; text?: string; card?: { summary: string } }[];
  /** Settles when the server ends the stream. */
  ended: Promise<void>;
  close(): void;
};

/** Reads a stream of server-sent events as a browser would. */
export async function readEvents(
  url: string,
  headers: Record<string, string> = {},
): Promise<EventReader> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  if (!response.ok || !response.body) throw new Error(`The stream answered ${response.status}.`);
  const frames: Frame[] = [];

  async function read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of body) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      frames.push(...blocks.map(parse));
    }
  }

  return {
    frames,
    messages: () =>
      frames.filter(({ event }) => event === 'message').map(({ data }) => JSON.parse(data)),
    ended: read(response.body).catch(() => undefined),
    close: () => abort.abort(),
  };
}

function parse(block: string): Frame {
  const frame: Frame = { event: 'message', data: '' };
  for (const line of block.split('\n')) {
    const [, name, value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name === 'event') frame.event = value;
    else if (name === 'id') frame.id = value;
    else if (name === 'data') frame.data += value;
    else if (name === 'retry') frame.event = 'retry';
  }
  return frame;
}
