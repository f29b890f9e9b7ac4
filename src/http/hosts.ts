import type { Request, RequestHandler } from 'express';
import { AppError } from '../domain/errors.ts';

export type HostRules = {
  listensOnLoopback: boolean;
  /** Names beside the loopback ones under which browsers may reach us. */
  allowedHosts: readonly string[];
};

/** Orchestrators and Prometheus ask by address, under names that nobody lists. */
const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

const HOST_HEADER = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::\d{1,5})?$/;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/;

/** Tells of an address to listen on, or of a name in a Host header, whether it is this machine alone. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host.toLowerCase());
}

/** The name in the Host header, without the port; undefined when there is none that makes sense. */
export function hostNameOf(request: Request): string | undefined {
  return nameIn(request.headers.host ?? '');
}

/**
 * A page of a foreign site can point its own name at 127.0.0.1 and then talk to us as if it were ours (DNS
 * rebinding). It cannot change the name in the Host header, so only names that we know are answered.
 */
export function hostGuard({ listensOnLoopback, allowedHosts }: HostRules): RequestHandler {
  const allowed = new Set(allowedHosts.map(nameIn));
  return (request, _response, next) => {
    const name = hostNameOf(request);
    const free = !listensOnLoopback && (allowed.size === 0 || PROBES.has(request.path));
    if (free || (name !== undefined && (isLoopbackHost(name) || allowed.has(name)))) return next();
    throw new AppError(
      'forbidden',
      'Sitrep does not answer under this host name: add it to SITREP_ALLOWED_HOSTS (server.allowedHosts), or use localhost.',
    );
  };
}

function nameIn(host: string): string | undefined {
  return HOST_HEADER.exec(host.toLowerCase())?.[1]?.replace(/\.$/, '');
}
