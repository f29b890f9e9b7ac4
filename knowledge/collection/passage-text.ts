/** What of a chunk is embedded: its words with the title and the headings that they stand under. */
export function passageText(
  title: string,
  { section, text }: { section: readonly string[]; text: string },
): string {
  const headings = section.filter((heading) => heading !== title);
  return [title, ...headings, text].join('\n');
}
