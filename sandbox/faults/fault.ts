import { phases } from '../../functions/domain/record.ts';
import { duration } from '../../terminal/figures.ts';
import {
  type InjectedFaultName,
  injectedFaults,
  type ScheduledFaultName,
  scheduledFaults,
} from './kinds.ts';
import type { AwsService, Call, PathName, TokenPlace, WorldSite } from './sites.ts';

/** A phase of a rebuild, or `sync`: the one in which the complete sync runs, whatever the layout. */
export const faultPhases = ['sync', ...phases] as const;
export type FaultPhase = (typeof faultPhases)[number];

/** Since the start of the run, or since the start of a phase of the proxy's rebuild. */
export type FaultStart =
  | { readonly seconds: number }
  | { readonly phase: FaultPhase; readonly afterSeconds?: number | undefined };

/** What goes wrong in the world. Absent fields mean: any proxy, from the start, until the end, without limit. */
export interface ScheduledFault {
  readonly fault: ScheduledFaultName;
  readonly proxy?: string | undefined;
  readonly at?: FaultStart | undefined;
  readonly forSeconds?: number | undefined;
  /** How often it strikes before it is used up. */
  readonly times?: number | undefined;
  readonly service?: AwsService | undefined;
  /** Of IAM, such as `ec2:CreateTags` or `ec2:*`. */
  readonly action?: string | undefined;
  readonly target?: 'incumbent' | 'replacement' | undefined;
  /** Of `path-closed`. */
  readonly path?: PathName | undefined;
  /** Of `token-rotated`; without it, Katello. */
  readonly first?: TokenPlace | undefined;
}

/** What goes wrong with the nth call of an operation: enough to have it go wrong again. */
export interface InjectedFault extends Pick<Call, 'service' | 'operation' | 'nth'> {
  readonly fault: InjectedFaultName;
}

/** A fault: what, where and when. */
export type Fault = ScheduledFault | InjectedFault;

export const isInjected = (fault: Fault): fault is InjectedFault =>
  Object.hasOwn(injectedFaults, fault.fault);

export const isScheduled = (fault: Fault): fault is ScheduledFault => !isInjected(fault);

/** The scheduled faults of a run, as the world asks for them at each place where one could strike. */
export interface Faults {
  /** Whether the fault strikes here and now; counts as one of its `times`. */
  strikes(fault: ScheduledFaultName, site?: WorldSite): boolean;
  /** Whether the fault is in force here and now; counts nothing. */
  holds(fault: ScheduledFaultName, site?: WorldSite): boolean;
}

const whatItDoes = ({
  fault,
  service,
  action,
  path,
  first,
  target = 'incumbent',
}: ScheduledFault): string => {
  const text = scheduledFaults[fault].replace('the incumbent or the replacement', `the ${target}`);
  const where = service ?? action ?? path ?? first;
  return where === undefined ? text : `${text} (${where})`;
};

/** A fault as the person who watches a run reads of it. */
export const describeFault = (fault: ScheduledFault): string =>
  [
    whatItDoes(fault),
    fault.forSeconds === undefined ? '' : `for ${duration(fault.forSeconds)}`,
    fault.times === undefined || fault.times === 1 ? '' : `${fault.times} times`,
  ]
    .filter(Boolean)
    .join(', ');
