export * from './base.ts';
export * from './console.ts';
export * from './exchange.ts';
export * from './incidents.ts';
export * from './knowledge.ts';
export * from './learning.ts';
export * from './places.ts';
export * from './work.ts';
