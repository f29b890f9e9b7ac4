import type { Detector, Finding } from './finding.ts';

const SECRET_KIND = /\bkind["']?\s{0,4}:\s{0,4}["']?Secret\b/;
const DATA_LINE = /^([ \t]*)["']?(?:data|stringData)["']?:[ \t]*(\{?)[ \t]*$/;
const ENTRY = /^([ \t]*)["']?[\w.\-/]{1,253}["']?[ \t]*:[ \t]*["']?([^\s"',}][^"',}\n]*)/;
const JSON_DATA = /"(?:data|stringData)"\s{0,4}:\s{0,4}\{([^{}]{0,20000})\}/g;
const JSON_ENTRY = /:\s{0,4}"([^"]{1,16000})"/g;

/** Every value of a Kubernetes Secret: its base64 hides nothing. */
export const kubernetesSecrets: Detector = (text) => {
  if (!SECRET_KIND.test(text)) return [];
  return [...yamlValues(text), ...jsonValues(text)];
};

function yamlValues(text: string): Finding[] {
  const found: Finding[] = [];
  let at = 0;
  for (const document of text.split(/^(?=---)/m)) {
    if (SECRET_KIND.test(document)) collect(document, at, found);
    at += document.length;
  }
  return found;
}

function collect(document: string, offset: number, found: Finding[]): void {
  let indent = -1;
  let at = offset;
  for (const line of document.split('\n')) {
    const data = DATA_LINE.exec(line);
    const entry = ENTRY.exec(line);
    if (data) indent = (data[1] ?? '').length;
    else if (entry && indent >= 0 && (entry[1] ?? '').length > indent) {
      const value = (entry[2] ?? '').trimEnd();
      const start = at + entry[0].length - (entry[2] ?? '').length;
      if (!/^[|>][+-]?$/.test(value))
        found.push({ start, end: start + value.length, kind: 'kubernetes-secret' });
    } else if (line.trim() !== '' && line.length - line.trimStart().length <= indent) indent = -1;
    at += line.length + 1;
  }
}

function jsonValues(text: string): Finding[] {
  const found: Finding[] = [];
  for (const data of text.matchAll(JSON_DATA)) {
    const body = data[1] ?? '';
    const from = data.index + data[0].length - body.length - 1;
    for (const entry of body.matchAll(JSON_ENTRY)) {
      const end = from + entry.index + entry[0].length - 1;
      found.push({ start: end - (entry[1] ?? '').length, end, kind: 'kubernetes-secret' });
    }
  }
  return found;
}
