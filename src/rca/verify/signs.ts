import type { Mark, Sign } from './marks.ts';

/** What is weighed: each sign that a sentence shows, by name. */
export type Signs = ReadonlySet<string>;

const rolesIn = (marks: readonly Mark[]): Sign[] => marks.flatMap(({ roles }) => roles);

/** Signs of which of two names next to each other the sentence puts first: whether it is the one at `one`. */
export function orderSigns(marks: readonly Mark[], one: number, two: number): Signs {
  const signs = new Set<string>();
  const isFirst = !marks.slice(0, one).some(({ node }) => node !== undefined);
  const before = isFirst ? marks.slice(0, one) : [];
  const between = marks.slice(one + 1, two).filter(({ node }) => node === undefined);
  const rest = marks.slice(two + 1);
  const next = rest.findIndex(({ node }) => node !== undefined);
  const after = next < 0 ? rest : rest.slice(0, next);
  add(signs, 'before', before);
  add(signs, 'between', between);
  add(signs, 'after', after);
  for (const role of before.at(-1)?.roles ?? ['opens' as const]) signs.add(`before last ${role}`);
  for (const role of between[0]?.roles ?? []) signs.add(`between first ${role}`);
  for (const role of between.at(-1)?.roles ?? []) signs.add(`between last ${role}`);
  for (const role of after[0]?.roles ?? []) signs.add(`after first ${role}`);
  pairs(signs, 'between', between);
  const pauses = between.some(({ roles }) => roles.includes('pause'));
  for (const role of before[0]?.roles ?? []) {
    signs.add(`opens ${role}`);
    if (pauses) signs.add(`opens ${role}, pause`);
    for (const last of between.at(-1)?.roles ?? [])
      signs.add(`opens ${role}, between last ${last}`);
    for (const then of rolesIn(after))
      if (then === 'had' || then === 'first') signs.add(`opens ${role}, after ${then}`);
  }
  pairs(signs, 'before', before);
  if (isFirst && pauses) for (const role of rolesIn(before)) signs.add(`before ${role}, pause`);
  if (between.length === 0) signs.add('nothing between');
  return signs;
}

/** Signs of whether the sentence blames the name at `at` for all that happened. */
export function blameSigns(marks: readonly Mark[], at: number): Signs {
  const signs = new Set<string>();
  const before = marks.slice(0, at);
  const after = marks.slice(at + 1);
  const near = nearEnd(before);
  const behind = nearStart(after);
  add(signs, 'before', before);
  add(signs, 'after', after);
  add(signs, 'near before', near);
  add(signs, 'near after', behind);
  for (const role of before.at(-1)?.roles ?? ['opens' as const]) signs.add(`just before ${role}`);
  for (const role of after[0]?.roles ?? []) signs.add(`just after ${role}`);
  pairs(signs, 'before', near);
  pairs(signs, 'after', behind);
  if (before.at(-1)?.node !== undefined) signs.add('just before name');
  if (after[0]?.node !== undefined) signs.add('just after name');
  const named = before.findIndex(({ node }) => node !== undefined);
  if (named >= 0)
    for (const role of rolesIn(before.slice(0, named))) signs.add(`before name ${role}`);
  const names = after.findIndex(({ node }) => node !== undefined);
  if (names >= 0)
    for (const role of rolesIn(after.slice(0, names))) signs.add(`after to name ${role}`);
  if (named < 0 && names < 0) signs.add('alone');
  if (before.length === 0) signs.add('opens');
  if (after.length === 0) signs.add('closes');
  if (before.length === 0 && after.length === 0) signs.add('name only');
  for (const role of before[0]?.roles ?? []) signs.add(`first ${role}`);
  return signs;
}

function add(signs: Set<string>, where: string, marks: readonly Mark[]): void {
  for (const role of rolesIn(marks)) signs.add(`${where} ${role}`);
}

function pairs(signs: Set<string>, where: string, marks: readonly Mark[]): void {
  for (let i = 0; i + 1 < marks.length; i++) {
    for (const one of marks[i]?.roles ?? []) {
      for (const two of marks[i + 1]?.roles ?? []) signs.add(`${where} ${one} ${two}`);
    }
  }
}

const isStop = ({ node, roles }: Mark) => node !== undefined || roles.includes('pause');

function nearEnd(marks: readonly Mark[]): readonly Mark[] {
  const stop = marks.findLastIndex(isStop);
  return marks.slice(stop + 1);
}

function nearStart(marks: readonly Mark[]): readonly Mark[] {
  const stop = marks.findIndex(isStop);
  return stop < 0 ? marks : marks.slice(0, stop);
}
