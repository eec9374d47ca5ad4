import type { PortMethod } from '../../functions/ports/port-methods.ts';
import type { StepName } from '../../functions/steps/register.ts';

const replacement = ['groups.read', 'instances.read'] as const;
const serving = ['groups.read', 'balancer.targetHealth'] as const;
const count = ['content.readTask', 'content.readCounts', 'content.startCount'] as const;
/** What changes something makes sure that it has the lock. */
const lock = ['ledger.lockHolder'] as const;
const announcement = ['announcer.post', 'ledger.claim', 'ledger.fulfil'] as const;
const order = [
  'groups.change',
  'groups.resume',
  'groups.protect',
  'launchTemplates.findCandidates',
  'launchTemplates.deleteVersions',
] as const;

/**
 * What each step does to the world. Roles, network, environment and the clients in a bundle all follow from
 * it; a run of every scenario is compared with it, both ways.
 */
export const stepNeeds: Readonly<Record<StepName, readonly PortMethod[]>> = {
  admitReplacement: [...lock, ...serving, 'groups.admit', 'groups.protect'],
  announceImage: [...announcement, 'imageParameters.read', 'packageLists.read'],
  announceLeftovers: announcement,
  announceOutcome: announcement,
  announceStart: announcement,
  announceSummary: announcement,
  awaitProvisioning: [...replacement, 'groups.heartbeat', 'boot.read'],
  checkSync: [...replacement, 'groups.heartbeat', 'content.readTask', 'content.stopTasks'],
  chooseWave: [],
  countBaseline: ['ledger.read', 'ledger.update', ...count],
  examineLock: ['ledger.lockHolder', 'executions.isRunning'],
  fenceReplacement: ['groups.heartbeat', 'marker.readMarkers'],
  inspectProxy: [
    ...lock,
    ...replacement,
    ...serving,
    'ledger.read',
    'ledger.update',
    'groups.terminate',
    'launchTemplates.findCandidates',
    'dns.readAddress',
    'dns.writeAddress',
    'imageParameters.read',
    'images.read',
    'content.health',
    'content.findCapsule',
    'content.syncStatus',
    'content.findTasks',
    'content.stopTasks',
  ],
  launchReplacement: [
    ...lock,
    ...replacement,
    'ledger.read',
    'groups.change',
    'groups.failedLaunches',
    'groups.protect',
    'groups.suspend',
    'instances.tag',
    'launchTemplates.ensureCandidate',
  ],
  planFleet: [
    ...replacement,
    'ledger.read',
    'ledger.lockHolder',
    'executions.isRunning',
    'executions.running',
    'images.list',
    'imageParameters.read',
  ],
  pointControlName: [
    ...lock,
    'groups.heartbeat',
    'dns.readAddress',
    'dns.writeAddress',
    'dns.isInSync',
  ],
  promoteImage: ['images.list', 'images.setState', 'imageParameters.write'],
  pruneImages: ['images.list', 'images.referenced', 'images.remove'],
  readRequest: [],
  refreshFeatures: ['groups.heartbeat', 'content.refreshFeatures', 'content.syncStatus'],
  rejectImage: ['images.read', 'images.setState'],
  relieveOutage: [...replacement, 'groups.exitStandby', 'groups.admit', 'boot.read'],
  restoreProxy: [
    ...lock,
    ...replacement,
    ...serving,
    ...order,
    'ledger.read',
    'ledger.update',
    'groups.exitStandby',
    'groups.admit',
    'groups.heartbeat',
    'groups.terminate',
    'boot.read',
    'dns.readAddress',
    'dns.writeAddress',
    'content.findTasks',
    'content.stopTasks',
  ],
  retireIncumbent: [
    ...lock,
    ...replacement,
    ...serving,
    'ledger.read',
    'ledger.update',
    'groups.terminate',
    'content.findTasks',
    'content.stopTasks',
  ],
  settleProxy: [
    ...lock,
    ...replacement,
    ...order,
    'ledger.read',
    'ledger.update',
    'imageParameters.write',
  ],
  standByIncumbent: [...lock, ...replacement, ...serving, 'groups.enterStandby'],
  startSync: [...lock, ...replacement, 'groups.heartbeat', 'content.readTask', 'content.startSync'],
  verifyContent: [...replacement, 'groups.heartbeat', 'ledger.read', 'ledger.update', ...count],
  verifyImage: ['images.read'],
};
