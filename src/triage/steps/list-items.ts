import type { Step } from '../../domain/triage.ts';

/** What a list item of a runbook says, taken apart. */
export type ListItem = Pick<Step, 'text' | 'command' | 'check' | 'risk' | 'rollback'>;

const ITEM = /^ {0,3}(?:\d{1,3}[.)]|[-*+])\s+(.*)$/;
const FENCE = /^\s*(?:```|~~~)/;
/** `**Check:** …`, `Undo: …` on a line of its own. */
const NOTE =
  /^\s*(?:[-*+]\s+)?(?:\*\*|__)?(check|verify|expected|risk|undo|rollback|roll back)(?:\*\*|__)?\s*:\s*(?:\*\*|__)?\s*(.+)$/i;
const INLINE_COMMAND = /`([^`\n]*\s[^`\n]*)`/;
const MOST_TEXT = 320;
/** Rarely longer, and a card is no place for a script. */
const MOST_COMMAND = 600;

/** The items of the lists in a passage, each with its command and its notes. */
export function listItems(markdown: string): ListItem[] {
  const items: { lines: string[]; code: string[] }[] = [];
  let current: (typeof items)[number] | undefined;
  let inFence = false;
  for (const line of markdown.split('\n')) {
    if (FENCE.test(line)) {
      inFence = !inFence;
      continue;
    }
    if (inFence) {
      current?.code.push(line);
      continue;
    }
    const item = ITEM.exec(line);
    if (item && !NOTE.test(line)) {
      current = { lines: [item[1] ?? ''], code: [] };
      items.push(current);
    } else if (/^#{1,6}\s/.test(line)) {
      current = undefined;
    } else {
      current?.lines.push(line);
    }
  }
  return items.flatMap(({ lines, code }) => {
    const item = itemOf(lines, code);
    return item === undefined ? [] : [item];
  });
}

function itemOf(lines: readonly string[], code: readonly string[]): ListItem | undefined {
  const notes: Pick<Step, 'check' | 'risk' | 'rollback'> = {};
  const words: string[] = [];
  for (const line of lines) {
    const note = NOTE.exec(line);
    const said = note?.[2];
    if (!note || said === undefined) words.push(line);
    else notes[NOTE_FIELDS[note[1]?.toLowerCase() ?? ''] ?? 'check'] = plain(said);
  }
  const raw = words.join(' ');
  const text = shortened(plain(raw), MOST_TEXT);
  if (text.length < 8) return undefined;
  const command = commandOf(code) ?? INLINE_COMMAND.exec(raw)?.[1]?.trim();
  return {
    text,
    ...(command !== undefined && command.length <= MOST_COMMAND ? { command } : {}),
    ...notes,
  };
}

const NOTE_FIELDS: Record<string, 'check' | 'risk' | 'rollback'> = {
  check: 'check',
  verify: 'check',
  expected: 'check',
  risk: 'risk',
  undo: 'rollback',
  rollback: 'rollback',
  'roll back': 'rollback',
};

function commandOf(code: readonly string[]): string | undefined {
  const indent = Math.min(
    ...code.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)?.[0].length ?? 0),
  );
  if (!Number.isFinite(indent)) return undefined;
  return code
    .map((line) => line.slice(indent))
    .join('\n')
    .trim();
}

/** Without the marks of Markdown: cards have no markup, and addresses would only be noise. */
function plain(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/(\*\*|__)(.*?)\1/g, '$2')
    .replace(/`+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most).replace(/\p{Cs}$/u, '');
  const sentence = cut.lastIndexOf('. ');
  if (sentence > most / 2) return cut.slice(0, sentence + 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2))}…`;
}
