import { NamedFailure } from '../../domain/failures.ts';

/** One page of a list: its elements, and the token of the next page if there is one. */
export interface Page<Element> {
  readonly elements: readonly Element[];
  readonly next: string | undefined;
}

/** No list of this product is that long; a longer one means that AWS repeats a page. */
const pagesMax = 1000;

/**
 * Every element of every page; a failed page fails the whole list. Stops early after the first page for which
 * `isEnough` is true, if given.
 */
export const allPages = async <Element>(
  what: string,
  readPage: (token: string | undefined) => Promise<Page<Element>>,
  isEnough: (page: readonly Element[]) => boolean = () => false,
): Promise<readonly Element[]> => {
  const elements: Element[] = [];
  let token: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const { elements: more, next } = await readPage(token);
    elements.push(...more);
    if (next === undefined || next === '' || isEnough(more)) return elements;
    token = next;
  }
  throw new NamedFailure('UnexpectedAnswer', `${what} has more than ${pagesMax} pages`);
};

export const inBatches = <Element>(
  elements: readonly Element[],
  size: number,
): readonly (readonly Element[])[] =>
  Array.from({ length: Math.ceil(elements.length / size) }, (_, index) =>
    elements.slice(index * size, (index + 1) * size),
  );
