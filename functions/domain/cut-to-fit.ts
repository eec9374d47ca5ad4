/** As many characters as fit, measured as they will be sent; an ellipsis stands for the rest. */
export const cutToFit = (
  characters: readonly string[],
  max: number,
  lengthOf: (character: string) => number,
): readonly string[] => {
  let length = 0;
  const end = characters.findIndex((character) => {
    length += lengthOf(character);
    return length >= max;
  });
  return end === -1 ? characters : [...characters.slice(0, end), '…'];
};
