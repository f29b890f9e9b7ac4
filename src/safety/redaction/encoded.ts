import type { Detector, Finding } from './finding.ts';
import { decodedText } from './tokens.ts';

const CANDIDATE = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,8192}={0,2}(?![A-Za-z0-9+/=])/g;

/** Base64 of a text that holds a secret is that secret: `detect` looks into what was decoded. */
export function encodedSecrets(detect: Detector): Detector {
  return (text) => {
    const found: Finding[] = [];
    for (const match of text.matchAll(CANDIDATE)) {
      const inner = decodedText(match[0]);
      if (inner === undefined) continue;
      const secret = detect(inner).find((finding) => !finding.personal);
      if (secret) {
        found.push({
          start: match.index,
          end: match.index + match[0].length,
          kind: `encoded-${secret.kind}`,
        });
      }
    }
    return found;
  };
}
