export { createHttpApp, type HttpAppOptions, type Mount } from './app.ts';
export { isLoopbackHost } from './hosts.ts';
export { listen } from './listen.ts';
