/**
 * What a function in the network of Katello is called with every day. Lambda takes the network of a function
 * away that nobody has called for 14 days, and a fleet rests for longer between two cycles.
 */
export const keepAwakeEvent = { keepAwake: true } as const;

/** Such a call is answered before anything is reached. */
export const isKeepAwake = (event: unknown): boolean =>
  typeof event === 'object' &&
  event !== null &&
  Object.keys(event).length === 1 &&
  Reflect.get(event, 'keepAwake') === true;
