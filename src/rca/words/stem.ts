import { otherForms } from './names.ts';

/** One word as it is compared: small, singular, short forms as the long ones. */
export function stem(word: string): string {
  const bare = word.toLowerCase().replace(/[’']s?$/, '');
  const single =
    /[^s]s$/.test(bare) && bare.length > 3 ? bare.replace(/(?<=x|ch|sh)es$|s$/, '') : bare;
  const [long] = otherForms(single).filter((form) => form.length > single.length);
  return long ?? single;
}
