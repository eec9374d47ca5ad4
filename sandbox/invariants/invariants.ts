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
  noCandidateIsLeft,
  noSnapshotIsLeft,
  noSyncIsLeft,
  verifiedImageIsPublished,
} from './at-rest.ts';
import { attemptsAreCounted, nothingIsLeftBehind } from './bookkeeping.ts';
import { oneClosingMessage } from './closing-messages.ts';
import { sweepsMissNobody, wavesAreKept } from './fleet-runs.ts';
import { foreignTasksGoOn, oneSyncAtATime } from './katello-tasks.ts';
import { neighboursAreLeftAlone } from './neighbours.ts';
import { publishedImagesAreProven } from './published-images.ts';
import { rollbackIsComplete } from './rollback.ts';
import type { Invariant } from './snapshot.ts';
import { changesNeedTheLock } from './under-lock.ts';

/** The promises of the product; `docs/architecture.md` says each in words. */
export const invariants: readonly Invariant[] = [
  someoneServes,
  incumbentOutlivesItsDuty,
  oneAtATime,
  changesNeedTheLock,
  imagesInUseStay,
  publishedImagesAreProven,
  secretsStaySecret,
  nothingIsLeftBehind,
  rollbackIsComplete,
  groupIsInOrder,
  controlNameIsRight,
  ledgerIsClosed,
  noSyncIsLeft,
  noCandidateIsLeft,
  noSnapshotIsLeft,
  verifiedImageIsPublished,
  oneSyncAtATime,
  foreignTasksGoOn,
  attemptsAreCounted,
  oneClosingMessage,
  wavesAreKept,
  sweepsMissNobody,
  neighboursAreLeftAlone,
];
