/** What a name may end in so that it says by itself what kind of thing it names. */
const KINDS = new Set(
  (
    'service server database db gateway cache queue proxy cluster broker api module component platform system store ' +
    'balancer endpoint job worker pipeline container pod node config configuration deployment policy partition ' +
    'engine scheduler registry validator handler manager controller router agent collector app application ' +
    'site page website backend frontend portal bus stream topic table index disk volume host machine network link ' +
    'zone region firewall certificate secret flag release build operator daemon function lambda bucket replica pool'
  ).split(' '),
);

const SHORT_FORMS: Record<string, string> = {
  svc: 'service',
  db: 'database',
  cfg: 'config',
  msg: 'message',
  mgr: 'manager',
  auth: 'authentication',
  authn: 'authentication',
  authz: 'authorization',
  k8s: 'kubernetes',
  lb: 'load balancer',
};

/** More words than this are no name that a sentence carries; they are quoted. */
const LONGEST_SPOKEN = 3;

/** The words of an identifier: `payment-service`, `tokenValidator` and `token_validator` alike. */
export function wordsOf(identifier: string): string[] {
  return identifier
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** A name as people say it: `payment-service` is "payment service". */
export function spoken(identifier: string): string {
  return wordsOf(identifier)
    .map((word) => SHORT_FORMS[word] ?? word)
    .join(' ');
}

/** A service in a sentence: "the payment service", "the token broker", "the seat service". */
export function theService(identifier: string): string {
  const words = wordsOf(identifier);
  if (words.length === 0) return `“${identifier}”`;
  const name = spoken(identifier);
  // "The the service" is what nobody would write.
  if (words[0] === 'the') return `“${name}”`;
  const isKind = words.length > 1 && KINDS.has(words.at(-1) ?? '');
  if (words.length > LONGEST_SPOKEN && !isKind) return `“${name}”`;
  return isKind ? `the ${name}` : `the ${name} service`;
}

const OTHER_FORMS = new Map<string, string[]>();
for (const [short, long] of Object.entries(SHORT_FORMS)) {
  OTHER_FORMS.set(long, [...(OTHER_FORMS.get(long) ?? []), short]);
  if (!long.includes(' ')) OTHER_FORMS.set(short, [...(OTHER_FORMS.get(short) ?? []), long]);
}

/** The short form of a word and the long one, both ways: who writes one is understood by the other. */
export function otherForms(word: string): readonly string[] {
  return OTHER_FORMS.get(word) ?? [];
}
