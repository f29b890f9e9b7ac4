import type { Detector } from './finding.ts';

const IPV4 =
  /(?<![\w.-])(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})(?![\w-]|\.[0-9])/g;
const IPV6 = /(?<![\w:.])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,7}(?![\w:])/gi;
/** Private, loopback, link-local, carrier, documentation, multicast: machines, not people. */
const INTERNAL =
  /^(?:0|10|127)\.|^192\.168\.|^172\.(?:1[6-9]|2[0-9]|3[01])\.|^169\.254\.|^100\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\.|^192\.0\.2\.|^198\.51\.100\.|^203\.0\.113\.|^(?:22[4-9]|2[3-5][0-9])\./;

/** Addresses of clients on the internet. Addresses inside a network name machines, which triage needs. */
export const publicIps: Detector = (text) => [
  ...[...text.matchAll(IPV4)]
    .filter((match) => !INTERNAL.test(match[0]))
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      kind: 'ip',
      personal: true,
    })),
  ...[...text.matchAll(IPV6)]
    .filter((match) => /^[23][0-9a-f]{3}:/i.test(match[0]))
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      kind: 'ip',
      personal: true,
    })),
];
