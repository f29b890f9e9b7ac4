import { BlockList, isIP } from 'node:net';

/** Addresses that belong to this machine, its network, or nobody: IANA's special-purpose registries. */
const NOT_PUBLIC_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Addresses of version 6 that carry one of version 4 inside reach whatever that one reaches. */
const NOT_PUBLIC_6 = [
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

const notPublic = new BlockList();
for (const [list, family] of [
  [NOT_PUBLIC_4, 'ipv4'],
  [NOT_PUBLIC_6, 'ipv6'],
] as const) {
  for (const range of list) {
    const [net = '', bits = ''] = range.split('/');
    notPublic.addSubnet(net, Number(bits), family);
  }
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether a program of ours may call this address because a stranger asked for it. */
export function mayCall(address: string, allowLoopback: boolean): boolean {
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  if (isIP(address) === 0) return false;
  if (allowLoopback && loopback.check(address, family)) return true;
  return !notPublic.check(address, family);
}
