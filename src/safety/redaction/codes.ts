import type { Detector, Finding } from './finding.ts';

const CODE = '([0-9]{3}[ -][0-9]{3}|[0-9]{4,8}|[A-Z0-9]{6,8}(?=[^A-Za-z0-9]|$))';
const SUBJECT =
  '(?:otp|totp|one[- ]?time[- ]?(?:pass(?:word|code)?|code|pin)|(?:verification|security|authentication|auth|login|log[- ]?in|sign[- ]?in|access|confirmation|2fa|mfa|two[- ]factor|sms|recovery|backup|pairing|unlock|activation|invite|duo)[ -]?(?:code|pin|passcode)|passcode|pin(?: code| number)?|2fa|mfa)';
const BETWEEN =
  '(?:[ \\t"\']{0,3}(?:for[ \\t]+[\\w.@ -]{1,40}?[ \\t])?(?:is|was|=|:|of|number|no\\.?|code|now|just|came through as|which is)?[ \\t:="\'#*`]{0,4}){1,2}';
const AFTER_SUBJECT = new RegExp(`(?<![\\w-])${SUBJECT}${BETWEEN}${CODE}(?![\\w-])`, 'gi');
const BEFORE_SUBJECT = new RegExp(
  `(?<![\\w.:/-])([0-9]{3}[ -][0-9]{3}|[0-9]{4,8})(?: is (?:your|the|my|our)| as (?:your|the|my|our)|, (?:your|the|my|our))(?: [\\w.-]{1,30}){0,3}? ${SUBJECT}`,
  'gi',
);
const USE =
  /\b(?:use|enter|type|share|send|say)(?: (?:code|pin|otp))? ["'*`]?([0-9]{3}[ -][0-9]{3}|[0-9]{4,8})["'*`]? (?:to|as|for) (?:your |the |my )?(?:verify|log ?in|sign ?in|authenticate|confirm|approve|complete|verification|login|otp|authentication|2fa|mfa)/gi;
/** A year or a round number after "pin" is no code; an upper-case word is none either. */
const IS_CODE = /[0-9]/;

/** Codes for one use, in the words that bring them. */
export const oneTimeCodes: Detector = (text) => {
  const found: Finding[] = [];
  for (const pattern of [AFTER_SUBJECT, BEFORE_SUBJECT, USE]) {
    for (const match of text.matchAll(pattern)) {
      const code = match[1] ?? '';
      if (!IS_CODE.test(code)) continue;
      const start = match.index + (pattern === BEFORE_SUBJECT ? 0 : match[0].lastIndexOf(code));
      found.push({ start, end: start + code.length, kind: 'one-time-code' });
    }
  }
  return found;
};
