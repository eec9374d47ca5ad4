/** Phases that do the same kind of work share a colour: many more would not be distinguishable. */
const families: ReadonlyMap<string, string> = new Map([
  ['bake', 'image'],
  ['launch', 'instance'],
  ['provision', 'instance'],
  ['fill', 'content'],
  ['changeover', 'content'],
  ['refill', 'content'],
  ['admit', 'switch'],
  ['standby', 'switch'],
  ['soak', 'soak'],
  ['retire', 'retire'],
  ['settle', 'retire'],
  ['rollback', 'rollback'],
]);

export const familyOf = (phase: string): string => families.get(phase) ?? 'prepare';
