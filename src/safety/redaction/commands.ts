import type { Detector, Finding } from './finding.ts';

/** Programs whose options carry passwords, with what the option looks like. */
const RULES: readonly { program: RegExp; option: RegExp }[] = [
  // `-p` alone asks for the password, and what follows is the database.
  {
    program: /\b(?:mysql\w*|mariadb[\w-]*|mydumper|xtrabackup)\b/g,
    option: /[ \t]-p["']?([^\s"'=-][^\s"']{0,199})/,
  },
  { program: /\b(?:mongo\w*|sshpass)\b/g, option: /[ \t]-p[ \t]*["']?([^\s"'-][^\s"']{0,199})/ },
  { program: /\bipmitool\b/g, option: /[ \t]-P[ \t]*["']?([^\s"'-][^\s"']{0,199})/ },
  {
    program: /\b(?:docker|podman|nerdctl|helm registry|oc|az|skopeo|buildah|crane) login\b/g,
    option: /[ \t]-p(?:[ \t]+|=)?["']?([^\s"'-][^\s"']{0,399})/,
  },
  { program: /\bredis-cli\b/g, option: /[ \t](?:-a|--pass)[ \t=]+["']?([^\s"']{1,200})/ },
  {
    program: /\bldap(?:search|modify|add|delete|whoami|passwd)\b/g,
    option: /[ \t]-w[ \t]*["']?([^\s"']{1,200})/,
  },
  {
    program: /\b(?:sqlcmd|bcp|isql|tsql|impala-shell|zip|unzip)\b/g,
    option: /[ \t]-P[ \t]*["']?([^\s"']{1,200})/,
  },
  { program: /\b(?:7z|7za|unrar|rar)\b/g, option: /[ \t]-h?p([^\s"']{1,200})/ },
  {
    program: /\b(?:curl|wget|https?|xh|svn|ab|siege)\b/g,
    option:
      /[ \t](?:-u|-U|-a|-A|--user|--proxy-user|--auth)[ \t=]*["']?[^\s:"'/]{1,100}:([^\s"']{1,200})/,
  },
  {
    program: /\bsmbclient\b|\bmount\.cifs\b/g,
    option: /[ \t]-U[ \t]*["']?[^\s%"']{1,100}%([^\s"']{1,200})/,
  },
  { program: /\bnet use\b/gi, option: /\/user:\S{1,100}[ \t]+["']?([^\s"'/]{1,200})/i },
  { program: /\bopenssl\b/g, option: /\bpass(?:in|out)?[ \t]+pass:([^\s"']{1,200})/ },
  { program: /\b(?:useradd|usermod)\b/g, option: /[ \t]-p[ \t]*["']?([^\s"']{1,300})/ },
  {
    program: /\bhtpasswd\b/g,
    option: /[ \t]-\w{0,4}b\w{0,4}[ \t]+(?:\S{1,200}[ \t]+){1,2}["']?([^\s"']{1,200})/,
  },
  {
    program: /\brabbitmqctl\b/g,
    option:
      /(?:add_user|change_password|authenticate_user)[ \t]+\S{1,100}[ \t]+["']?([^\s"']{1,200})/,
  },
  {
    program: /\bmc (?:alias set|config host add)\b/g,
    option: /https?:\/\/\S{1,200}[ \t]+\S{1,100}[ \t]+["']?([^\s"']{1,200})/,
  },
  {
    program: /\bsnmp(?:get|walk|bulkwalk|set|trap)\b/g,
    option: /[ \t]-[AXc][ \t]+["']?([^\s"']{1,200})/,
  },
  { program: /\bsnmp-server community\b/g, option: /community[ \t]+([^\s"']{1,200})/ },
  {
    program: /\b(?:enable|username \S{1,64}) (?:secret|password)\b/g,
    option: /(?:secret|password)(?:[ \t]+[0-9]{1,2})?[ \t]+(?=[^\s"']{0,199}[0-9])([^\s"']{3,200})/,
  },
  {
    program: /\bmachine[ \t]+\S{1,200}[ \t\r\n]+login\b/g,
    option: /\bpassword[ \t\r\n]+(\S{1,300})/,
  },
  {
    program: /\b(?:requirepass|masterauth)(?=[ \t])/g,
    option: /^\w+[ \t]+["']?([^\s"':=]{4,200})/,
  },
  // A sentence has its words here, so that only what has a digit counts.
  {
    program: /\bAUTH(?=[ \t])/g,
    option: /^AUTH[ \t]+["']?(?:[a-z][\w-]{0,40}[ \t]+)?(?=[^\s"':=]*[0-9])([^\s"':=]{6,200})/,
  },
  {
    program: /\bIDENTIFIED(?: WITH \S{1,64})? (?:BY|AS)\b/gi,
    option: /(?:BY|AS)(?: PASSWORD)?[ \t]+["']([^"']{1,200})/i,
  },
  { program: /\b(?:PASSWORD|SECRET)[ \t]+'/gi, option: /'([^'\n]{1,200})'/ },
  {
    program: /\bchpasswd\b|\becho\b/g,
    option:
      /\becho[ \t]+(?:-n[ \t]+)?["']?[a-z_][\w-]{0,31}:([^\s"'|]{3,200})["']?[ \t]*\|[ \t]*(?:sudo[ \t]+)?chpasswd/,
  },
];
/** Options of one command stay on its line. */
const REACH = 400;
const NOT_A_SECRET =
  /^(?:-|\$|<|\{|\*+$|[0-9]{1,5}(?::[0-9]{1,5})?$|\.{1,2}\/|\/|TCP$|UDP$|tcp$|udp$)/;

const PGPASS = /^[\w.*-]{1,253}:(?:[0-9]{2,5}|\*):[\w.*-]{1,64}:[\w.*@-]{1,64}:([^\s:]{3,200})$/gm;
const SHADOW_LEGACY = /(?<![\w*])\*[0-9A-F]{40}(?![0-9A-Fa-f])/g;
const NTLM = /:[0-9a-fA-F]{32}:[0-9a-fA-F]{32}:::/g;
const POSTGRES_MD5 = /(?<=password\W{1,4})md5[0-9a-f]{32}(?![0-9a-f])/gi;
const HTPASSWD_DES = /^[a-z_][\w.-]{0,31}:[A-Za-z0-9./]{13}$/gm;

/** Secrets on command lines, in the files that clients read, and in tables of accounts. */
export const commandSecrets: Detector = (text) => {
  const found: Finding[] = [];
  for (const { program, option } of RULES) {
    let from = 0;
    for (const match of text.matchAll(program)) {
      if (match.index < from) continue;
      const rest = lineOf(text, match.index);
      const hit = option.exec(rest);
      // Looking again from the next program of the same line would make many of them quadratic.
      from = match.index + (hit ? hit.index + hit[0].length : Math.floor(rest.length / 2));
      const value = hit?.[1];
      if (!hit || !value || NOT_A_SECRET.test(value)) continue;
      const end = match.index + hit.index + hit[0].lastIndexOf(value) + value.length;
      found.push({ start: end - value.length, end, kind: 'password' });
    }
  }
  for (const pattern of [SHADOW_LEGACY, NTLM, POSTGRES_MD5, HTPASSWD_DES]) {
    for (const match of text.matchAll(pattern)) {
      if (pattern === HTPASSWD_DES && !/[A-Z].*[0-9]|[0-9].*[A-Z]/.test(match[0])) continue;
      found.push({ start: match.index, end: match.index + match[0].length, kind: 'password-hash' });
    }
  }
  for (const match of text.matchAll(PGPASS)) {
    const end = match.index + match[0].length;
    found.push({ start: end - (match[1] ?? '').length, end, kind: 'password' });
  }
  return found;
};

/** The rest of a command's line; netrc and continued lines go on behind the break. */
function lineOf(text: string, at: number): string {
  const reach = text.slice(at, at + REACH);
  const end = reach.search(/(?<!\\)\n(?![ \t]+\S)/);
  return end < 0 ? reach : reach.slice(0, end);
}
