import { AwsError } from './aws-error.ts';

/** One page of a list; the token is the place where the next one starts. */
export const pageOf = <Element>(
  elements: readonly Element[],
  token: string | undefined,
  size: number,
): { readonly page: Element[]; readonly next: string | undefined } => {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0) {
    throw new AwsError('InvalidNextToken', 'The token is not valid');
  }
  const end = start + size;
  return {
    page: elements.slice(start, end),
    next: end < elements.length ? String(end) : undefined,
  };
};
