import type { ProviderCall } from './behaviour.ts';

/** What the double says, before it is put into the words of a dialect. */
export type Said = {
  text: string;
  /** JSON instead of the text. */
  value?: unknown;
  stop: 'end' | 'length' | 'refusal';
  counts: boolean;
  broken?: 'cut' | 'unfinished';
};

type ServerEvent = { name?: string; data: string };

/** How a dialect writes it. */
export type Wire = {
  whole(said: Said, call: ProviderCall): unknown;
  events(said: Said, call: ProviderCall): ServerEvent[];
  error(status: number, message: string): unknown;
};

export function tokensOf(text: string): number {
  return Math.max(1, Math.ceil(text.length / 4));
}

/** Cut behind blanks, as tokens roughly are. */
export function piecesOf(text: string): string[] {
  return text.match(/\S+\s*|\s+/g) ?? [];
}
