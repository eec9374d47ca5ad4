import {
  imagesInUseStay,
  incumbentOutlivesItsDuty,
  oneAtATime,
  secretsStaySecret,
  someoneServes,
} from './always.ts';
import {
  controlNameIsRight,
  groupIsInOrder,
  ledgerIsClosed,
  noSyncIsLeft,
  oneClosingMessage,
} from './at-rest.ts';
import type { Invariant } from './look.ts';
import { neighboursAreLeftAlone } from './neighbours.ts';

/** The promises of the product; `docs/architecture.md` says each in words. */
export const invariants: readonly Invariant[] = [
  someoneServes,
  incumbentOutlivesItsDuty,
  oneAtATime,
  imagesInUseStay,
  secretsStaySecret,
  groupIsInOrder,
  controlNameIsRight,
  ledgerIsClosed,
  noSyncIsLeft,
  oneClosingMessage,
  neighboursAreLeftAlone,
];
