const parted = <Element>(elements: readonly Element[], parts: number): readonly Element[][] => {
  const size = Math.ceil(elements.length / parts);
  return Array.from({ length: parts }, (_, part) =>
    elements.slice(part * size, (part + 1) * size),
  ).filter(({ length }) => length > 0);
};

const firstThat = async <Element>(
  elements: readonly Element[],
  fits: (element: Element) => Promise<boolean>,
): Promise<Element | null> => {
  for (const element of elements) if (await fits(element)) return element;
  return null;
};

/**
 * The fewest of the elements that still break something, as far as leaving out ever smaller parts of them
 * finds (delta debugging), with at most that many attempts. `null`: not even all of them do.
 */
export const fewest = async <Element>(
  elements: readonly Element[],
  breaks: (elements: readonly Element[]) => Promise<boolean>,
  attemptsMax: number,
): Promise<readonly Element[] | null> => {
  if (!(await breaks(elements))) return null;
  let attempts = 1;
  const stillBreaks = async (rest: readonly Element[]): Promise<boolean> => {
    attempts += 1;
    return attempts <= attemptsMax && (await breaks(rest));
  };
  let left = elements;
  let parts = 2;
  while (left.length > 0 && attempts < attemptsMax) {
    const without = parted(left, parts).map((part) => left.filter((each) => !part.includes(each)));
    const smaller = await firstThat(without, stillBreaks);
    if (smaller === null && parts >= left.length) break;
    parts = smaller === null ? Math.min(left.length, parts * 2) : Math.max(2, parts - 1);
    left = smaller ?? left;
  }
  return left;
};
