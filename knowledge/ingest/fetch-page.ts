import { type LookupAddress, lookup as lookupAddress } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { AppError } from '../../src/domain/errors.ts';

export type FetchPageOptions = {
  /** Hosts by name, with their port if it is not the usual one; `*.example.com` stands for all below it. */
  hosts: readonly string[];
  mostBytes: number;
  signal?: AbortSignal;
};

const TIMEOUT_MS = 15_000;
const MOST_REDIRECTS = 3;

/**
 * Reads raw Markdown or text from a host that the operator allowed. A redirect may lead to the same host only.
 * Addresses of this machine or of a private network are refused unless the host is allowed by its own name: a
 * name that merely fits a pattern may be anybody's, and point anywhere.
 */
export async function fetchPage(address: string, options: FetchPageOptions): Promise<Buffer> {
  const first = new URL(address);
  let url = first;
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await request(url, options, deadline);
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.destroy();
      url = new URL(headers.location, url);
      if (url.host !== first.host || url.protocol !== first.protocol) {
        throw refused('it redirects to another host');
      }
      continue;
    }
    if (statusCode !== 200) {
      response.destroy();
      throw refused(`its server answers with status ${statusCode}`);
    }
    if (/\bhtml\b/.test(headers['content-type'] ?? '')) {
      response.destroy();
      throw refused('it is a web page, not raw Markdown or text');
    }
    return collect(response, options.mostBytes);
  }
  throw refused('it redirects again and again');
}

/** Whether the operator allowed the host, and whether by name. */
function permission(url: URL, hosts: readonly string[]): 'by name' | 'by pattern' | undefined {
  const names = hosts.map((host) => host.toLowerCase());
  if (names.includes(url.host) || (url.port === '' && names.includes(url.hostname))) {
    return 'by name';
  }
  const fits = names.some((host) => host.startsWith('*.') && url.host.endsWith(host.slice(1)));
  return fits ? 'by pattern' : undefined;
}

function request(
  url: URL,
  { hosts, signal }: FetchPageOptions,
  deadline: AbortSignal,
): Promise<IncomingMessage> {
  const allowed = permission(url, hosts);
  if (allowed === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw refused(`its host ${url.host} is not one that may be fetched from`);
  }
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  if (allowed === 'by pattern' && isIP(bare) !== 0) {
    throw refused('it is an address without a name');
  }
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      reject(error instanceof AppError ? error : failed(error, deadline));
    };
    const { get } = url.protocol === 'https:' ? https : http;
    get(
      url,
      {
        agent: false,
        signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
        headers: { accept: 'text/markdown, text/plain, */*;q=0.5', 'accept-encoding': 'identity' },
        ...(allowed === 'by name' ? {} : { lookup: publicLookup }),
      },
      resolve,
    ).on('error', fail);
  });
}

async function collect(response: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > mostBytes) throw tooLarge(mostBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof AppError ? error : failed(error);
  }
  return Buffer.concat(chunks);
}

const PRIVATE = privateNetworks();

/** Decides where the connection goes, so that a name cannot mean one address when asked and another when used. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookupAddress(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) {
      callback(error, '', 4);
      return;
    }
    const open = addresses.filter(
      ({ address, family }) => !PRIVATE.check(address, family === 6 ? 'ipv6' : 'ipv4'),
    );
    const [first] = open;
    if (first === undefined) callback(refused('its host is in a private network'), '', 4);
    else if (options.all) callback(null, open);
    else callback(null, first.address, first.family);
  });
};

function privateNetworks(): BlockList {
  const list = new BlockList();
  for (const [network, bits] of [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['224.0.0.0', 3],
  ] as const) {
    list.addSubnet(network, bits, 'ipv4');
  }
  for (const [network, bits] of [
    ['::', 127],
    ['64:ff9b::', 96],
    ['fc00::', 7],
    ['fe80::', 10],
    ['ff00::', 8],
  ] as const) {
    list.addSubnet(network, bits, 'ipv6');
  }
  return list;
}

function refused(reason: string): AppError {
  return new AppError('forbidden', reason);
}

export function tooLarge(mostBytes: number): AppError {
  return new AppError('too_large', `it is larger than ${mostBytes / 1_000_000} MB`);
}

function failed(cause: unknown, deadline?: AbortSignal): AppError {
  return deadline?.aborted
    ? new AppError('timeout', `it was not there within ${TIMEOUT_MS / 1000} s`, { cause })
    : new AppError('unavailable', 'its server cannot be reached', { cause });
}
