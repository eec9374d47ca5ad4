/**
 * For `.min` and `.max` of a text or a list: they apply only once it is one. zod compares the `length` of whatever
 * is there otherwise, and throws a `TypeError` for an object whose `length` cannot be compared with a number.
 */
export const sized = (error?: string) => ({
  ...(error === undefined ? {} : { error }),
  when: ({ issues }: { readonly issues: readonly unknown[] }): boolean => issues.length === 0,
});
