/** States whose entry is a decision that a person who watches wants to know of. */
const decisions: ReadonlyMap<string, string> = new Map([
  ['Wait before another sync', 'the sync did not succeed: another attempt'],
  ['Begin to put everything back', 'puts everything back'],
  ['Take over the abandoned lock', 'takes over the lock of a dead execution'],
  ['Put back what was left behind', 'puts back what a dead execution has left'],
  ['Another rebuild holds the lock', 'is refused: another rebuild holds the lock'],
  ['Reject an unproven image', 'stops; the image is rejected if the failure speaks against it'],
]);

export const decisionOf = (state: string): string | null => decisions.get(state) ?? null;
