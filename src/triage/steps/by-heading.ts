import type { Passage } from '../../ports/knowledge.ts';

/** A short page is one passage with its headings in it: what stands under each of them is a part of its own. */
export function byHeading(passage: Passage): Passage[] {
  const parts: Passage[] = [];
  let section = passage.section;
  let lines: string[] = [];
  let fenced = false;
  const close = () => {
    if (lines.some((line) => line.trim() !== '')) {
      parts.push({ ...passage, section, text: lines.join('\n') });
    }
    lines = [];
  };
  for (const line of passage.text.split('\n')) {
    // In a fence a line that begins with # is a comment of the shell's.
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    const heading = fenced ? undefined : /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
    if (heading === undefined) {
      lines.push(line);
      continue;
    }
    close();
    section = [...passage.section, heading];
  }
  close();
  return parts;
}
