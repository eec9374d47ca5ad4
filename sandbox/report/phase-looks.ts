/** Phases that do the same kind of work share a colour: many more could not be told apart. */
export const families = {
  prepare: 'Look and prepare',
  image: 'Image',
  wave: 'Proxies of a wave',
  instance: 'New instance',
  content: 'Content',
  switch: 'Change of the serving instance',
  soak: 'Soak',
  retire: 'Retire the old instance',
  restore: 'Put back',
} as const;

export type Family = keyof typeof families;

const familyOfPhase: Readonly<Record<string, Family>> = {
  canary: 'wave',
  wave: 'wave',
  waves: 'wave',
  rebuild: 'wave',
  others: 'wave',
  proxies: 'wave',
  bake: 'image',
  verify: 'image',
  promote: 'image',
  prune: 'image',
  launch: 'instance',
  provision: 'instance',
  fill: 'content',
  sync: 'content',
  changeover: 'content',
  admit: 'switch',
  standby: 'switch',
  soak: 'soak',
  retire: 'retire',
  settle: 'retire',
  restore: 'restore',
};

/** By the first word of the phase's name, so that `bake image` is an image's phase too. */
export const familyOf = (phase: string): Family =>
  familyOfPhase[phase.toLowerCase().split(/[^a-z]/)[0] ?? ''] ?? 'prepare';
