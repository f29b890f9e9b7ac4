/** Ends of sentences; a line is one too, as items of lists often have no full stop. */
function sentencesIn(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => line.split(/(?<=[.!?])["”')\]]*\s+(?=["“'([]?[\p{Lu}\p{N}])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence));
}

export function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.:%-]*/gu)?.length ?? 0;
}

function syllablesIn(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, '');
  if (letters === '') return 1;
  const groups = letters
    .replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/, (end) => end.slice(0, 1))
    .replace(/^y/, '')
    .match(/[aeiouy]{1,2}/g);
  return Math.max(1, groups?.length ?? 0);
}

/** The school grade that a text asks for, by Flesch and Kincaid. */
export function readingGrade(text: string): number {
  const words = text.match(/[\p{L}][\p{L}'’]*/gu) ?? [];
  const sentences = sentencesIn(text).length;
  if (words.length === 0 || sentences === 0) return 0;
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0);
  const grade = (0.39 * words.length) / sentences + (11.8 * syllables) / words.length - 15.59;
  return Math.round(Math.max(0, grade) * 10) / 10;
}

const JARGON =
  /\b(?:pods?|kubernetes|k8s|latency|throughput|endpoints?|namespaces?|configmaps?|ingress|egress|upstream|downstream|p-?values?|spearman|pearson|correlation coefficients?|p9[059]|crashloop\w*|oom|mutex|deadlock|sharding|idempoten\w*|microservices?|circuit breakers?|backpressure|rollback|hotfix|kpis?|suspicion scores?|time rings?|stderr|stdout|tls|dns|tcp|udp|grpc|sql|json|yaml|5xx|4xx|sla|slo|mttr)\b/gi;
const RAW_NAME = /\b[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+\b|\b[A-Za-z]+[a-z](?:[A-Z][a-z]+)+\b/g;

/** Words that a reader outside engineering does not know, each once. */
export function jargonIn(text: string): string[] {
  const found = [...text.matchAll(JARGON), ...text.matchAll(RAW_NAME)];
  return [...new Set(found.map(([word]) => word.toLowerCase()))].sort();
}
