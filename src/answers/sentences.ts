/** Sentences and list items of a passage, without the marks of Markdown; code blocks stay whole. */
export function sentencesOf(text: string): string[] {
  const parts: string[] = [];
  for (const [index, block] of text.split(/^```.*$/m).entries()) {
    if (index % 2 === 1) {
      const code = block.trim();
      if (code !== '') parts.push(code);
      continue;
    }
    for (const paragraph of block.split(/\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)|\n(?=#)/)) {
      const plain = withoutMarks(paragraph);
      // A heading says what comes, not what is so.
      if (plain === '' || /^\s*#/.test(paragraph)) continue;
      parts.push(...plain.split(/(?<=[.!?])\s+(?=[A-Z“"`])/));
    }
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function withoutMarks(text: string): string {
  return text
    .replace(/^\s*(?:[-*+]|\d+[.)])\s+/, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
