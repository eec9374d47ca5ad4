/** Faults of the world around the controller, by what each does to it. A scenario schedules them. */
export const scheduledFaults = {
  'instance-dies': 'the incumbent or the replacement is terminated by a hardware failure',
  'health-replacement':
    'the incumbent or the replacement stops answering health checks, and Auto Scaling replaces it',
  'launch-fails': 'EC2 has no capacity for the instance type',
  'zone-without-capacity': 'EC2 has no capacity in one of the Availability Zones',
  'launch-cancelled': 'EC2 accepts the launch, then terminates the instance over its disk key',
  'boot-hangs': 'the instance boots, but cloud-init never finishes',
  'slow-boot': 'boot and installer take four times as long',
  'install-fails': 'foreman-installer ends with an error on the replacement',
  'certificate-lacks-name':
    'the certs.tar of a proxy was made without the name that its clients use',
  'certificates-expire-soon':
    'the certs.tar of a proxy holds certificates that expire before its next rebuild is due',
  'certificates-expired': 'the certs.tar of a proxy holds certificates that have expired',
  'never-healthy': 'the replacement never answers a health check of the NLB',
  'hook-times-out':
    'the launch hook times out, and Auto Scaling puts the waiting instance into service',
  rebalance: 'Auto Scaling balances its zones: it launches one more and removes one',
  'processes-suspended': "an administrator suspends the group's processes Launch and Terminate",
  'sync-fails': 'the sync task ends in stopped/error',
  'sync-warns': 'the sync task skips a repository and ends in stopped/warning',
  'sync-pauses': 'the sync task pauses with an error and waits for a person',
  'sync-hangs': 'the sync task stays running forever',
  'sync-incomplete': 'the sync task succeeds, but half of one repository is missing',
  'repository-empty': 'the sync task succeeds, but the smallest repository is empty',
  'files-missing':
    'the sync task succeeds and all is counted, but half of the files of one repository are not on the disk',
  'sync-cancelled': 'a person cancels the running sync in Katello',
  'disk-full': 'the disk of the instance is full: every sync to it ends in stopped/error',
  'automatic-sync': 'Katello starts a sync by itself',
  'content-published': 'a larger content view version is published',
  'executor-restarts': "Foreman's executor restarts: running tasks pause and resume later",
  'capsule-removed': 'a person deletes the smart proxy in Katello',
  'jobs-running': 'a person runs a job of remote execution on three hosts, through the proxy',
  'katello-down': 'Katello answers every request with 503',
  'katello-rejects-credentials': 'Katello answers every request with 401',
  'katello-certificate-untrusted': 'Katello shows a certificate of a CA that is not in katello.ca',
  'proxy-certificate-untrusted': 'the proxies show certificates of a CA that is not in katello.ca',
  'katello-name-differs': "Katello's certificate does not cover katello.fqdn",
  'location-removed': 'the service user is taken out of its location in Foreman',
  'token-rotated': "the service user's token is renewed, first in one place and later in the other",
  'permission-lost': 'Katello answers every write with 403',
  'bake-fails': 'the Packer build fails',
  'slack-down': 'Slack answers with 503',
  'dns-cached': 'resolvers return the old address of the control name for minutes beyond its TTL',
  'katello-resolver-pinned':
    "Katello's host keeps the first address of the control name, as in its hosts file",
  'katello-resolver-cached':
    "a cache on Katello's host gives the address that the control name had hours ago",
  'katello-resolver-split':
    "Katello's host asks a private zone, in which the control name has an address where nothing answers",
  'gateway-push-lost':
    "Katello's push of its list to the container gateway fails, which is only a line in its log",
  'report-fails': 'an instance cannot report its content',
  'clock-steps': 'the clock of the functions is seven minutes fast',
  'event-lost': 'EventBridge never delivers an event of a launch or of a failed execution',
  'event-late': 'EventBridge delivers an event minutes late',
  'event-twice': 'EventBridge delivers an event twice',
  'path-closed':
    'somebody removes a security-group rule or adds a network ACL: connections on a path are dropped',
  'api-throttled': 'calls to an AWS service are throttled',
  'api-fails': 'calls to an AWS service end in an internal error',
  'permission-denied': "an administrator's policy denies an action of AWS to every role",
  'api-slow': 'a call to an AWS service outlasts the time-out of its function',
  deployment: 'CloudFormation deploys the proxy with another launch template',
  'execution-stopped': 'a person stops the execution in the console',
  'started-again': 'a person starts another rebuild',
  'execution-redriven': 'a person redrives the last failed or stopped rebuild',
} as const;
export type ScheduledFaultName = keyof typeof scheduledFaults;
export const scheduledFaultNames = Object.keys(scheduledFaults) as ScheduledFaultName[];

/** Those that happen at an instant, by themselves; all others are met where the world asks for them. */
export const eventNames = [
  'instance-dies',
  'health-replacement',
  'hook-times-out',
  'rebalance',
  'processes-suspended',
  'sync-cancelled',
  'automatic-sync',
  'content-published',
  'executor-restarts',
  'capsule-removed',
  'jobs-running',
  'path-closed',
  'token-rotated',
  'deployment',
  'execution-stopped',
  'started-again',
  'execution-redriven',
] as const satisfies readonly ScheduledFaultName[];
export type EventName = (typeof eventNames)[number];

export const isEvent = (name: ScheduledFaultName): name is EventName =>
  eventNames.some((event) => event === name);

/** Faults of the whole fleet: `proxy` only chooses whose phase starts them. */
export const fleetWide: readonly ScheduledFaultName[] = [
  'executor-restarts',
  'katello-down',
  'katello-rejects-credentials',
  'katello-certificate-untrusted',
  'katello-name-differs',
  'location-removed',
  'token-rotated',
  'permission-lost',
  'bake-fails',
  'slack-down',
  'clock-steps',
  'permission-denied',
  'api-throttled',
  'api-fails',
  'api-slow',
];

/** Faults that are injected into one call, or one invocation of a function. */
export const injectedFaults = {
  'lost-before': 'the call never arrives',
  'lost-after': 'the call takes effect, but the answer never arrives',
  throttled: 'the call is refused because of too many requests',
  slow: 'the function times out; the call takes effect some time later',
  stale: 'the call gets an earlier answer to the same request',
  twice: 'the call arrives twice',
  'killed-before': 'the function dies before the call',
  'killed-after': 'the function dies after the call',
  stopped: 'somebody stops the execution',
} as const;
export type InjectedFaultName = keyof typeof injectedFaults;
export const injectedFaultNames = Object.keys(injectedFaults) as InjectedFaultName[];
