import type { Scope, States } from './asl.ts';

type TitleIn<Group> = Group extends States ? Extract<keyof Group, string> : never;

/**
 * Groups of states as one scope. The compiler refuses a transition to a state that is in none of them; a title
 * that two states have is an error.
 */
export const scope = <const Groups extends readonly States<TitleIn<Groups[number]>>[]>(
  startAt: TitleIn<Groups[number]>,
  ...groups: Groups
): Scope<TitleIn<Groups[number]>> => {
  const entries = groups.flatMap((group) => Object.entries(group));
  const titles = entries.map(([title]) => title);
  const twice = titles.find((title, index) => titles.indexOf(title) !== index);
  if (twice !== undefined) throw new Error(`two states are titled "${twice}"`);
  // What `Object.fromEntries` makes has lost the titles of its type.
  const States = Object.fromEntries(entries) as Scope<TitleIn<Groups[number]>>['States'];
  return { StartAt: startAt, States };
};
