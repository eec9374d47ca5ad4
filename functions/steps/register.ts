import { admitInEmergency } from './admit-in-emergency.ts';
import { admitReplacement } from './admit-replacement.ts';
import { announceImage, announceStart, announceSummary } from './announce-fleet.ts';
import { announceLeftovers, announceOutcome } from './announce-outcome.ts';
import { awaitProvisioning } from './await-provisioning.ts';
import { checkSync } from './check-sync.ts';
import { chooseWave } from './choose-wave.ts';
import { countBaseline } from './count-baseline.ts';
import { examineLock } from './examine-lock.ts';
import { fenceReplacement } from './fence-replacement.ts';
import { inspectProxy } from './inspect-proxy.ts';
import { launchReplacement } from './launch-replacement.ts';
import { planFleet } from './plan-fleet.ts';
import { pointControlName } from './point-control-name.ts';
import { promoteImage } from './promote-image.ts';
import { pruneImages } from './prune-images.ts';
import { readRequest } from './read-request.ts';
import { refreshFeatures } from './refresh-features.ts';
import { rejectImage } from './reject-image.ts';
import { retireIncumbent } from './retire-incumbent.ts';
import { rollBackProxy } from './roll-back-proxy.ts';
import { settleProxy } from './settle-proxy.ts';
import { standByIncumbent } from './stand-by-incumbent.ts';
import { startSync } from './start-sync.ts';
import type { Step } from './step.ts';
import { verifyContent } from './verify-content.ts';
import { verifyImage } from './verify-image.ts';

/** Every step by its task name, which is also the placeholder of its function in the state machines. */
export const steps = {
  admitReplacement,
  announceImage,
  announceLeftovers,
  announceOutcome,
  announceStart,
  announceSummary,
  awaitProvisioning,
  checkSync,
  chooseWave,
  countBaseline,
  examineLock,
  fenceReplacement,
  inspectProxy,
  launchReplacement,
  planFleet,
  pointControlName,
  promoteImage,
  pruneImages,
  readRequest,
  refreshFeatures,
  rejectImage,
  admitInEmergency,
  rollBackProxy,
  retireIncumbent,
  settleProxy,
  standByIncumbent,
  startSync,
  verifyContent,
  verifyImage,
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof steps;
