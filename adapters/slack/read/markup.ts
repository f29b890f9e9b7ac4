/** `<…>` is how Slack writes links, mentions and dates; everything else that people type arrives escaped. */
const TOKEN = /<([^<>]+)>/g;

/** Slack's markup as the plain text that people see. */
export function readMarkup(markup: string): string {
  let result = '';
  let last = 0;
  for (const match of markup.matchAll(TOKEN)) {
    result += unescaped(markup.slice(last, match.index)) + readToken(match[1] ?? '');
    last = match.index + match[0].length;
  }
  return result + unescaped(markup.slice(last));
}

function readToken(token: string): string {
  const bar = token.indexOf('|');
  const target = bar < 0 ? token : token.slice(0, bar);
  const label = bar < 0 ? '' : unescaped(token.slice(bar + 1));
  const sign = target[0];
  if (sign === '@' || sign === '#')
    return label === '' ? target : sign + label.replace(/^[@#]/, '');
  if (sign === '!') {
    if (label !== '') return label;
    return target.startsWith('!date') ? '' : `@${target.slice(1).replace(/^subteam\^/, '')}`;
  }
  const address = unescaped(target);
  const isOwnLabel = label === '' || address === label || address === `mailto:${label}`;
  if (isOwnLabel) return label === '' ? address : label;
  return address.replace(/^\w+:\/\//, '') === label ? address : `${label} (${address})`;
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A word and nothing but a mention, such as `oncall <@U012AB3CD|ada>`: what it means is the id. */
const ARGUMENT = /^\s*[a-z]+\s+<[@!][^<>]+>\s*$/;

export function readCommand(markup: string): string {
  return ARGUMENT.test(markup) ? markup.trim() : readMarkup(markup);
}
