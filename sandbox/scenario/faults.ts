import { phases } from '../../functions/domain/record.ts';

/** Faults that a scenario can name, each with what it does to the world. */
export const faultNames = {
  'instance-dies': 'the incumbent or the replacement is terminated by a hardware failure',
  'launch-fails': 'EC2 has no capacity for the instance type',
  'boot-hangs': 'the instance boots and never gets to the end of cloud-init',
  'install-fails': 'foreman-installer ends with an error on the replacement',
  'never-healthy': 'the replacement never answers a health check of the NLB',
  'sync-fails': 'the sync task ends in stopped/error',
  'sync-warns': 'the sync task skips a repository and ends in stopped/warning',
  'sync-pauses': 'the sync task pauses with an error and waits for a person',
  'sync-hangs': 'the sync task stays running for ever',
  'sync-incomplete': 'the sync task ends in success, but content is missing',
  'katello-down': 'Katello answers nothing but 503',
  'katello-rejects-credentials': 'Katello answers 401 to every request',
  'bake-fails': 'the Packer build fails',
  'slack-down': 'Slack answers 503',
  'api-throttled': 'calls to an AWS service are throttled',
  'api-fails': 'calls to an AWS service end in an internal error',
} as const;

export type FaultName = keyof typeof faultNames;

export type FaultStart =
  | { readonly seconds: number }
  | { readonly phase: FaultPhase; readonly afterSeconds?: number | undefined };

/** A phase of a rebuild, or `sync`: the one in which the complete sync runs, whatever the layout. */
export const faultPhases = ['sync', ...phases] as const;
export type FaultPhase = (typeof faultPhases)[number];

/** One fault of a scenario. Absent fields mean: any proxy, from the start, until the end, without limit. */
export interface Fault {
  readonly fault: FaultName;
  readonly proxy?: string | undefined;
  /** Since the start of the run, or since the start of a phase of the proxy's rebuild. */
  readonly at?: FaultStart | undefined;
  readonly forSeconds?: number | undefined;
  /** How often it strikes before it is used up. */
  readonly times?: number | undefined;
  readonly service?: string | undefined;
  readonly target?: 'incumbent' | 'replacement' | undefined;
}

export interface FaultSite {
  readonly proxy?: string | undefined;
  readonly service?: string | undefined;
}

/** The faults of one run; the world asks at each place where one could strike. */
export interface Faults {
  /** Whether the fault strikes here and now; counts as one of its `times`. */
  strikes(fault: FaultName, site?: FaultSite): boolean;
  /** Whether the fault is in force here and now; counts nothing. */
  holds(fault: FaultName, site?: FaultSite): boolean;
}
