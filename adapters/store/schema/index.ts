export * from './base.ts';
export * from './console.ts';
export * from './exchange.ts';
export * from './incidents.ts';
export * from './learning.ts';
