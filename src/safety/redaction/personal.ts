import { ibanLength, isCardNumber, isIban } from './checksums.ts';
import { beginsToken, type Detector, type Finding, matchAt } from './finding.ts';

const EMAIL_LOCAL = /[\p{L}\p{N}.!#$%&*+/=?^_{|}~-]/u;
const EMAIL_DOMAIN = /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,8}(\p{L}[\p{L}\p{N}-]{1,24})/uy;
/** Units of systemd, names inside a cluster, files: `getty@tty1.service` is nobody. */
const NOT_A_DOMAIN =
  /^(?:service|socket|target|timer|mount|device|slice|scope|path|local|internal|svc|cluster|lan|localdomain|js|ts|mjs|cjs|json|yaml|yml|conf|log|sock|so|jar|html|css|png|jpg|svg|sha256|tgz|gz|zip)$/i;
const NOT_A_PERSON = /^(?:git|hg|svn|ssh|root)$/i;

const CARD =
  /(?<![\w.+-])(?:[0-9]{4}[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{1,7}|[0-9]{4}[ -][0-9]{6}[ -][0-9]{4,5}|[0-9]{14,19})(?![\w-]|\.[0-9])/g;
const IBAN = /(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,30}/g;
const SSN = /(?<![\w.-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![\w-]|\.[0-9])/g;
const SSN_NAMED =
  /\b(?:ssn|social security(?: number| no\.?)?)\W{0,4}(?:is )?#?([0-9]{9}|[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{4})(?![0-9])/gi;

const PHONE_INTERNATIONAL =
  /(?<![\w+.,/=-])\+[1-9][0-9]{0,2}(?:[ .-]?\([0-9]{1,4}\))?(?:[ .-]?[0-9]{1,4}){2,6}(?![\w-]|\.[0-9])/g;
/** Without brackets or dashes three numbers are columns of a log: status, bytes, milliseconds. */
const PHONE_AMERICAN =
  /(?<![\w+.:/=-])(?:1[ .-])?(?:\([2-9][0-9]{2}\) ?[2-9][0-9]{2}[ .-]|[2-9][0-9]{2}([.-])[2-9][0-9]{2}\1)[0-9]{4}(?![\w:-]|\.[0-9])/g;
const PHONE_NAMED =
  /\b(?:phone|tel|telephone|telefon|mobile|cell|cellphone|msisdn|fax|whatsapp|handy|call (?:me|him|her|them)(?: (?:at|on))?|reach (?:me|him|her|them) (?:at|on)|text (?:me|him|her) (?:at|on))(?:[ _-]?(?:number|no|nr))?\.?["']?[ \t]{0,3}(?:[:=#]|is|at)?[ \t]{0,3}["']?(\+?\(?[0-9][0-9 ().\-/]{5,20}[0-9])(?![0-9])/gi;

/** Names and numbers of people are taken only where a field says what they are. */
const PERSON_FIELD =
  /(?<![\w-])(?:(?:full|first|last|middle|given|family|maiden|sur|customer|client|patient|employee|contact|card ?holder|billing|recipient|passenger|guest|legal|birth)[ _-]?name|surname|cardholder|forename|name[ _]on[ _]card)\\{0,3}["']?[ \t]{0,4}[:=][ \t]{0,4}(?:\\{0,3}["']([^"'\\\n]{2,80})|(\p{Lu}[\p{L}'’-]{1,30}(?:[ \t]\p{Lu}[\p{L}'’.-]{0,30}){0,3}))/giu;
const NUMBER_FIELD =
  /(?<![\w-])(?:date[ _-]?of[ _-]?birth|birth[ _-]?da(?:te|y)|dob|passport(?:[ _-]?(?:number|no|num))?|driver'?s?[ _-]?licen[cs]e(?:[ _-]?(?:number|no|num))?|tax[ _-]?id|tin|itin|national[ _-]?(?:id|insurance)(?:[ _-]?(?:number|no))?|nino|nhs[ _-]?(?:number|no)|cvv2?|cvc2?|card[ _-]?(?:verification|security)[ _-]?code|bank[ _-]?account(?:[ _-]?(?:number|no))?|account[ _-]?number|routing[ _-]?number|iban|card[ _-]?(?:number|no)|pan)\\{0,3}["']?[ \t]{0,4}(?:[:=#]|is|(?<=number|no|num|license|licence|passport)[ \t])[ \t]{0,4}\\{0,3}["']?([A-Z0-9][A-Z0-9 /.-]{1,34}[A-Z0-9])(?![A-Za-z0-9])/gi;
const STREET_FIELD =
  /(?<![\w-])(?:street|home|postal|billing|shipping|delivery|mailing)[ _-]?address(?:[ _-]?(?:line)?[ _-]?[12])?\\{0,3}["']?[ \t]{0,4}[:=][ \t]{0,4}\\{0,3}["']?([^"'\\\n]{6,120})/gi;

/** What belongs to a person: addresses, cards, accounts and numbers; names only where a field says so. */
export const personalData: Detector = (text) => [
  ...emails(text),
  ...cards(text),
  ...ibans(text),
  ...all(text, SSN, 'ssn', 0),
  ...all(text, SSN_NAMED, 'ssn'),
  ...phones(text),
  ...all(text, PERSON_FIELD, 'name'),
  ...all(text, NUMBER_FIELD, 'personal-number').filter((it) =>
    /[0-9]/.test(text.slice(it.start, it.end)),
  ),
  ...all(text, STREET_FIELD, 'address').filter((it) => /[0-9]/.test(text.slice(it.start, it.end))),
];

function emails(text: string): Finding[] {
  const found: Finding[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < 64 && EMAIL_LOCAL.test(text[start - 1] ?? '')) start--;
    while (start < at && /[^\p{L}\p{N}]/u.test(text[start] ?? '')) start++;
    // `to=jane@…`, `user/jane@…`: what stands before the sign is a name of something else.
    const sign = Math.max(...[...'=/?&|{#!'].map((s) => text.slice(start, at).lastIndexOf(s)));
    if (sign >= 0) start += sign + 1;
    if (text[start - 1] === '\\' && /^[nrt]./.test(text.slice(start, at))) start++;
    const domain = matchAt(EMAIL_DOMAIN, text, at + 1);
    if (start === at || !domain || NOT_A_DOMAIN.test(domain[1] ?? '')) continue;
    if (domain[0].endsWith('.gserviceaccount.com')) continue;
    if (
      text.startsWith('//', start - 2) ||
      text[start - 1] === '@' ||
      NOT_A_PERSON.test(text.slice(start, at))
    )
      continue;
    found.push({ start, end: at + 1 + domain[0].length, kind: 'email', personal: true });
  }
  return found;
}

function cards(text: string): Finding[] {
  return all(text, CARD, 'card', 0).filter(({ start, end }) => {
    const raw = text.slice(start, end);
    // Without groups, 19 digits are a block id, 17 and 18 a snowflake, 14 a time.
    if (/^[0-9]+$/.test(raw) && raw.length !== 15 && raw.length !== 16) return false;
    return isCardNumber(raw.replace(/[ -]/g, ''));
  });
}

function ibans(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(IBAN)) {
    const wanted = ibanLength(match[0].slice(0, 2));
    if (!wanted) continue;
    let taken = 0;
    let length = 0;
    while (length < match[0].length && taken < wanted) {
      if (/[A-Z0-9]/.test(match[0][length] ?? '')) taken++;
      length++;
    }
    if (!isIban(match[0].slice(0, length).replace(/[ -]/g, ''))) continue;
    found.push({ start: match.index, end: match.index + length, kind: 'iban', personal: true });
  }
  return found;
}

function phones(text: string): Finding[] {
  const international = all(text, PHONE_INTERNATIONAL, 'phone', 0).filter(({ start, end }) => {
    const raw = text.slice(start, end);
    const digits = raw.replace(/[^0-9]/g, '').length;
    return digits >= 8 && digits <= 15 && beginsToken(text, start);
  });
  return [
    ...international,
    ...all(text, PHONE_AMERICAN, 'phone', 0),
    ...all(text, PHONE_NAMED, 'phone'),
  ];
}

/** `group` undefined: whichever group matched. */
function all(text: string, pattern: RegExp, kind: string, group?: 0): Finding[] {
  return [...text.matchAll(pattern)].map((match) => {
    const value =
      group === 0 ? match[0] : (match.slice(1).find((it) => it !== undefined) ?? match[0]);
    const start = match.index + (group === 0 ? 0 : match[0].lastIndexOf(value));
    return { start, end: start + value.length, kind, personal: true };
  });
}
