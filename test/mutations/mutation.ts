/** One deliberate bug: a small change of the product's text that a careful engineer could make. */
export interface Mutation {
  readonly name: string;
  /** From the project's root. */
  readonly file: string;
  /** What the product then does, in one sentence. */
  readonly what: string;
  /** Text that occurs exactly once in the file. */
  readonly from: string;
  readonly to: string;
}

/** The text of the file with the bug in it; throws when it cannot be told where the bug belongs. */
export const mutate = ({ name, file, from, to }: Mutation, text: string): string => {
  const places = text.split(from).length - 1;
  if (places === 0) throw new Error(`${name}: ${file} no longer holds the text to replace`);
  if (places > 1) throw new Error(`${name}: ${file} holds the text to replace ${places} times`);
  if (from === to) throw new Error(`${name}: changes nothing`);
  // A function, because `$` in the text itself means nothing special.
  return text.replace(from, () => to);
};
