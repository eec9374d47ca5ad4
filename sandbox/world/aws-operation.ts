import type { CallSite } from '../faults/sites.ts';

export type Operation = Pick<CallSite, 'operation' | 'isRead'>;

/** By the classes of commands, of which a run makes many. */
const operations = new Map<unknown, Operation>();

/** What a command of an SDK asks for, by the name of its class. */
export const operationOf = ({ constructor: made }: object): Operation => {
  const known = operations.get(made);
  if (known !== undefined) return known;
  const operation = made.name.replace(/Command$/, '');
  const found = { operation, isRead: /^(Describe|Get|List)/.test(operation) };
  operations.set(made, found);
  return found;
};

/** DynamoDB's word that its answer is no old one. */
export const isConsistent = ({ input }: { readonly input: object }): boolean =>
  'ConsistentRead' in input && input.ConsistentRead === true;
