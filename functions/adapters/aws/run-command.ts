/** How long the agent may take to fetch a command before Systems Manager calls it undeliverable. */
export const deliverySeconds = 60;

const underWay: ReadonlySet<string | undefined> = new Set([
  'Pending',
  'InProgress',
  'Delayed',
  'Cancelling',
]);

/** Whether a command on an instance, by its status, has yet to end. */
export const isUnderWay = (status: string | undefined): boolean => underWay.has(status);
