import { AwsError } from './aws-error.ts';

/** One page of a list. The token is the place where the next one starts; any other is refused by that code. */
export const pageOf = <Element>(
  elements: readonly Element[],
  token: string | undefined,
  size: number,
  refusal = 'InvalidNextToken',
): { readonly page: Element[]; readonly next: string | undefined } => {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0) {
    throw new AwsError(refusal, 'The token is not valid');
  }
  const end = start + size;
  return {
    page: elements.slice(start, end),
    next: end < elements.length ? String(end) : undefined,
  };
};
