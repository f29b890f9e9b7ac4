/**
 * What a field's name says about its value. `password` and `key` values are secret whatever they look
 * like; a `token` is secret when it looks like one, because parsers and pagers have tokens too.
 */
export type NameMeaning = { kind: string; strength: 'password' | 'key' | 'token' | 'session' };

/** Said at the end of a name, these leave its meaning as it is: `PASSWORD_PROD`, `token2`, `secretValue`. */
const TRAILING =
  /^(?:prod(?:uction)?|dev(?:elopment)?|test|staging|stage|old|new|current|previous|next|primary|secondary|value|val|plain|plaintext|raw|text|string|str|base64|b64|encoded|encrypted|hash|hashed|digest|confirm(?:ation)?|again|base|default|header|env|var|in|here|[0-9]{1,4}|v[0-9])$/;

const PASSWORDS =
  /(?:password|passwords|passwd|passwrd|passwort|passphrase|passcode|userpass|dbpass|storepass|keypass|rootpass|requirepass|masterauth|masterpass|pgpass|bindpw|rootpw|userpw|adminpw|dbpw|kennwort|contrase(?:ñ|n)a|senha|wachtwoord|motdepasse|mdp|pwd|pswd|пароль|密码|密碼|パスワード|비밀번호)$/u;
const PASSWORD_PREFIXED = /^(?:pass|pw|psw)$/;
/** The words of a secret of several: the last is `key`, `secret` ... and this is said before it. */
const KEY_QUALIFIERS =
  /^(?:api|app|application|access|secret|private|priv|encryption|encrypt|decryption|signing|sign|signature|license|licence|account|acct|shared|master|auth|storage|deploy|deployment|service|webhook|integration|routing|ingest(?:ion)?|ingestor|admin|client|consumer|server|session|hmac|aes|rsa|ssh|jwt|subscription|functions?|host|instrumentation|primary|secondary|crypto|cipher|cookie|data|root|bot|x|stripe|openai|anthropic|datadog|dd|sendgrid|mailgun|twilio|heroku|slack|github|gitlab|azure|aws|gcp|google|grafana|cloudflare|newrelic|relic|pagerduty|opsgenie|sentry|algolia|mapbox|maps|unseal|recovery|wrapping|kms|kek|dek|psk|preshared|wpa|pre)$/;
const JOINED_KEY =
  /(?:api|access|secret|private|priv|auth|account|encryption|signing|master|license|shared|service|deploy|webhook|subscription|session|preshared|symmetric|sharedaccess|host|app)[-_]?key(?:base)?$/;
const SECRETS = /(?:secret|secrets|secretkeybase|credential|credentials|creds|cred)$/;
/** `existingSecret` and its kin name an object that is elsewhere. */
const REFERENCE = /^(?:existing|pull|imagepull)$/;
/** Where a listing goes on. */
const PLACES =
  /^(?:starting|next|page|continuation|continue|pagination|resume|sync|nextpage|cancellation)$/;
const TOKENS = /(?:token|pat|jwt|bearer|apitoken|authtoken)$/;
const SESSIONS =
  /(?:jsessionid|phpsessid|sessionid|sessid|aspsessionid[a-z]*|asp\.net_sessionid|connect\.sid|sid|session|sessionkey|sessioncookie|_session)$/;
const OTHERS =
  /^(?:auth|authorization|authentication|_auth|psk|seed|mnemonic|signature|nonce_secret|salt|otpauth|hmac|sas|dockerconfigjson|dockercfg|htpasswd|kubeconfig)$/;

export function meaningOf(name: string): NameMeaning | undefined {
  const words = wordsOf(name);
  while (words.length > 1 && TRAILING.test(words.at(-1) ?? '')) words.pop();
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  const joined = words.slice(-3).join('');
  // `--no-password` is a switch.
  if (words[0] === 'no') return undefined;

  if (PASSWORDS.test(joined)) {
    return {
      kind: 'password',
      strength: words.length === 1 && last === 'pwd' ? 'token' : 'password',
    };
  }
  if (PASSWORD_PREFIXED.test(last)) {
    return { kind: 'password', strength: before === '' ? 'token' : 'password' };
  }
  if (last === 'key' || last === 'keybase') {
    if (KEY_QUALIFIERS.test(before)) return keyNamed(before);
    return JOINED_KEY.test(joined) ? keyNamed(before) : undefined;
  }
  if (JOINED_KEY.test(last)) return keyNamed(last);
  if (SECRETS.test(last)) {
    return (before === '' && last === 'secret') || REFERENCE.test(before)
      ? { kind: 'secret', strength: 'token' }
      : {
          kind: /client|app|consumer/.test(joined) ? 'client-secret' : 'secret',
          strength: last.startsWith('cred') ? 'token' : 'key',
        };
  }
  if (SESSIONS.test(last) || (last === 'id' && /^(?:session|sess)$/.test(before))) {
    return { kind: 'session-id', strength: 'session' };
  }
  if (TOKENS.test(last)) {
    if (PLACES.test(before)) return undefined;
    return { kind: 'token', strength: STRONG_TOKEN.test(joined) ? 'key' : 'token' };
  }
  if (last === 'code' && /^(?:recovery|backup|auth|authorization|2fa|mfa|otp|totp)$/.test(before)) {
    return { kind: 'code', strength: 'token' };
  }
  if (OTHERS.test(last) || /(?:^|_)auth$/.test(last)) return { kind: 'secret', strength: 'token' };
  return undefined;
}

const STRONG_TOKEN =
  /(?:access|auth|api|refresh|id|bearer|session|security|bot|personal|deploy|registration|csrf|xsrf|vault|github|gitlab|slack|npm|user|oauth|webhook|service|admin)_?token$/;

function keyNamed(qualifier: string): NameMeaning {
  if (/priv/.test(qualifier)) return { kind: 'private-key', strength: 'key' };
  if (/account|storage|shared|access/.test(qualifier))
    return { kind: 'access-key', strength: 'key' };
  return { kind: 'api-key', strength: 'key' };
}

/** `dbPassword`, `DB_PASSWORD`, `db.password`, `X-Api-Key` and `api key` all fall into words. */
function wordsOf(name: string): string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L}{2})([0-9]{1,4})$/gu, '$1 $2')
    .toLowerCase()
    .split(/[\s_.:\-/$]+/u)
    .filter((word) => word !== '');
}
