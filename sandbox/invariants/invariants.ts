import {
  clientsAreServed,
  imagesInUseAreKept,
  noEarlyTermination,
  noSecretLeaks,
  oneRebuildPerProxy,
} from './always.ts';
import {
  controlNameIsCorrect,
  groupInDesiredState,
  ledgerIsClean,
  noOrphanedCandidate,
  noOrphanedSnapshot,
  noOrphanedSync,
  verifiedImageIsPublished,
} from './at-rest.ts';
import { attemptsAreCounted, rebuildCleansUp } from './bookkeeping.ts';
import { certificatesOutlastTheCycle } from './certificates.ts';
import { oneClosingMessage } from './closing-messages.ts';
import { sweepsSkipNoDueProxy, waveLimitsHold } from './fleet-runs.ts';
import { jobsAreDrained } from './jobs.ts';
import { foreignTasksUntouched, oneSyncAtATime } from './katello-tasks.ts';
import { otherFleetsUntouched } from './neighbours.ts';
import { publishedImagesAreVerified } from './published-images.ts';
import { rollbackIsComplete } from './rollback.ts';
import { noContentIsSkipped } from './skipped-content.ts';
import type { Invariant } from './snapshot.ts';
import { changesNeedTheLock } from './under-lock.ts';

/** The promises of the product; the table in `README.md` explains each. */
export const invariants: readonly Invariant[] = [
  clientsAreServed,
  noEarlyTermination,
  oneRebuildPerProxy,
  changesNeedTheLock,
  imagesInUseAreKept,
  publishedImagesAreVerified,
  certificatesOutlastTheCycle,
  noSecretLeaks,
  rebuildCleansUp,
  rollbackIsComplete,
  noContentIsSkipped,
  groupInDesiredState,
  controlNameIsCorrect,
  ledgerIsClean,
  noOrphanedSync,
  noOrphanedCandidate,
  noOrphanedSnapshot,
  verifiedImageIsPublished,
  oneSyncAtATime,
  foreignTasksUntouched,
  jobsAreDrained,
  attemptsAreCounted,
  oneClosingMessage,
  waveLimitsHold,
  sweepsSkipNoDueProxy,
  otherFleetsUntouched,
];
