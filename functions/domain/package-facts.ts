import type { Message } from './message.ts';
import { isSecurityRelevant, type PackageChanges } from './package-changes.ts';

const namedMax = 8;

interface Named {
  readonly name: string;
}

/** The first few by name, the rest as a number. */
const some = <Package extends Named>(
  packages: readonly Package[],
  words: (one: Package) => string,
): string => {
  const named = packages.slice(0, namedMax).map(words);
  const more = packages.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
};

const fact = <Package extends Named>(
  label: string,
  packages: readonly Package[],
  words: (one: Package) => string,
): Message['facts'] =>
  packages.length === 0 ? [] : [[`${label} (${packages.length})`, some(packages, words)]];

/** What changed since the last image, for people: packages relevant to security first, with versions. */
export const packageFacts = ({ added, removed, updated }: PackageChanges): Message['facts'] => {
  const secure = updated.filter(({ name }) => isSecurityRelevant(name));
  const others = updated.filter(({ name }) => !isSecurityRelevant(name));
  const facts = [
    ...fact(
      'Security',
      secure,
      ({ name, from, to }) => `${name} ${from.join(' ')} -> ${to.join(' ')}`,
    ),
    ...fact('Updated', others, ({ name }) => name),
    ...fact('Added', added, ({ name }) => name),
    ...fact('Removed', removed, ({ name }) => name),
  ];
  return facts.length === 0 ? [['Packages', 'unchanged since the last image']] : facts;
};
