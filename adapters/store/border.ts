import { translate } from './database-errors.ts';

/**
 * What every repository passes through: text that Postgres would refuse is mended on the way in, errors
 * become ours on the way out.
 */
export function atBorder<Store extends object>(store: Store): Store {
  const methods = Object.entries(store).map(([name, method]: [string, unknown]) => {
    if (typeof method !== 'function') return [name, method];
    const guarded = async (...given: unknown[]): Promise<unknown> => {
      try {
        return await method(...given.map(storable));
      } catch (error) {
        throw translate(error);
      }
    };
    return [name, guarded];
  });
  return Object.fromEntries(methods);
}

/** U+0000 and halves of surrogate pairs: valid in JavaScript's strings, in neither text nor jsonb. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
const EACH_UNSTORABLE = /[\0\p{Surrogate}]/gu;

/** U+0000 goes, a half pair becomes the replacement character, as it would in UTF-8; all else stays as it is. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') {
    return UNSTORABLE.test(value)
      ? value.replace(EACH_UNSTORABLE, (sign) => (sign === '\0' ? '' : '\uFFFD'))
      : value;
  }
  if (Array.isArray(value)) return value.map(storable);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [String(storable(key)), storable(item)]),
  );
}
