import type { Scope, States } from './asl.ts';

type TitleIn<Group> = Group extends States ? Extract<keyof Group, string> : never;

/**
 * Combines groups of states into one scope. The compiler rejects transitions to states outside of it; a title
 * used twice is an error.
 */
export const scope = <const Groups extends readonly States<TitleIn<Groups[number]>>[]>(
  startAt: TitleIn<Groups[number]>,
  ...groups: Groups
): Scope<TitleIn<Groups[number]>> => {
  const entries = groups.flatMap((group) => Object.entries(group));
  const titles = entries.map(([title]) => title);
  const twice = titles.find((title, index) => titles.indexOf(title) !== index);
  if (twice !== undefined) throw new Error(`two states are titled "${twice}"`);
  // The type of `Object.fromEntries` no longer has the titles.
  const States = Object.fromEntries(entries) as Scope<TitleIn<Groups[number]>>['States'];
  return { StartAt: startAt, States };
};
