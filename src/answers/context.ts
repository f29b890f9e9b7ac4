import type { Passage } from '../ports/knowledge.ts';

type Context = {
  /** The passages one after the other, each under its tag. */
  text: string;
  /** Those that it holds, in the order of their tags. */
  passages: { tag: string; passage: Passage }[];
};

/** A model's tokenizer makes about so many characters one token, of English with commands a little fewer. */
const CHARACTERS_A_TOKEN = 3.6;

/**
 * What a model may read: best first, whole passages only, within a budget of tokens. Each begins with a tag, such as
 * `[2]`, by which an answer says where it is from; a passage that does not fit makes room for a smaller one.
 */
export function buildContext(passages: readonly Passage[], budgetTokens: number): Context {
  const parts: string[] = [];
  const chosen: Context['passages'] = [];
  let left = budgetTokens;
  for (const passage of passages) {
    const tag = `[${chosen.length + 1}]`;
    const part = `${tag} ${headOf(passage)}\n${passage.text.trim()}`;
    const tokens = Math.ceil(part.length / CHARACTERS_A_TOKEN) + 1;
    if (tokens > left) continue;
    left -= tokens;
    parts.push(part);
    chosen.push({ tag, passage });
  }
  return { text: parts.join('\n\n'), passages: chosen };
}

function headOf({ source, title, section, line }: Passage): string {
  const headings = section.filter((heading) => heading !== title);
  return `${[title, ...headings].join(' > ')} (${source}, line ${line})`;
}
