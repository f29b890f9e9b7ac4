/** A sentence of a passage, and where it stands there. */
export type Sentence = {
  text: string;
  /** The nearest heading above it in the passage, in lower case; empty before the first. */
  heading: string;
  /** The number of the list item that it is part of, from 1; 0 outside lists. */
  step: number;
  /** `check`, `risk` and the like where its line begins with such a word and a colon, in lower case. */
  label: string;
  isCode: boolean;
};

const FENCE = /^\s*```/;
const HEADING = /^#{1,6}\s+(.*)$/;
const ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/;
const LABEL = /^\*{0,2}([A-Z][a-z]+):\*{0,2}\s/;

/** Sentences and list items of a passage, without the marks of Markdown; code blocks stay whole. */
export function sentencesIn(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let heading = '';
  let step = 0;
  let paragraph: string[] = [];
  let code: string[] | undefined;

  const close = () => {
    const lines = paragraph.join(' ').trim();
    paragraph = [];
    const label = LABEL.exec(lines)?.[1]?.toLowerCase() ?? '';
    for (const part of withoutMarks(lines).split(/(?<=[.!?])\s+(?=[A-Z“"`])/)) {
      const plain = part.trim();
      if (plain !== '') sentences.push({ text: plain, heading, step, label, isCode: false });
    }
  };

  for (const line of text.split('\n')) {
    if (code) {
      if (!FENCE.test(line)) {
        code.push(line);
        continue;
      }
      const whole = withoutIndent(code);
      if (whole !== '') sentences.push({ text: whole, heading, step, label: '', isCode: true });
      code = undefined;
      continue;
    }
    const title = HEADING.exec(line)?.[1];
    if (FENCE.test(line)) {
      close();
      code = [];
    } else if (title !== undefined) {
      // A heading says what comes, not what is so.
      close();
      heading = title.trim().toLowerCase();
      step = 0;
    } else if (line.trim() === '') {
      close();
    } else {
      if (ITEM.test(line) || LABEL.test(line.trim())) close();
      if (ITEM.test(line)) step += 1;
      else if (!/^\s/.test(line) && paragraph.length === 0) step = 0;
      paragraph.push(line);
    }
  }
  close();
  return sentences;
}

function withoutMarks(text: string): string {
  return text
    .replace(ITEM, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function withoutIndent(lines: readonly string[]): string {
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => /^\s*/.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents, 80);
  return lines
    .map((line) => line.slice(indent))
    .join('\n')
    .trim();
}
