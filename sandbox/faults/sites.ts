import type { StepName } from '../../functions/steps/register.ts';

/** What can befall one call, or one invocation of a function. */
export const mishaps = [
  /** It never arrives. */
  'lost-before',
  /** It has its effect; the answer never arrives. */
  'lost-after',
  'throttled',
  /** The function runs into its time-out; the call has its effect some time later. */
  'slow',
  /** Answered with what was answered to the same question earlier. */
  'stale',
  'twice',
  /** The function dies: nothing that it does from here on happens. */
  'killed-before',
  'killed-after',
  /** Somebody stops the execution. */
  'stopped',
] as const;
export type Mishap = (typeof mishaps)[number];

/** Where a mishap can befall: a call to a service, or the invocation of a step. */
export interface Site {
  readonly service: Service;
  /** `DescribeInstances`, `GET /katello/api/capsules/2/content/sync`, the name of a step. */
  readonly operation: string;
  readonly isRead: boolean;
  /** The step that makes the call; `null`: the state machine makes it itself. */
  readonly step: StepName | null;
}

/** One call of a run, the nth of its operation, from 1 on. */
export interface Call extends Site {
  readonly nth: number;
}

/** AWS by the names of its endpoints, and what else the functions talk to. */
export const services = [
  'autoscaling',
  'dynamodb',
  'ec2',
  'elasticloadbalancing',
  'route53',
  's3',
  'ssm',
  'states',
  'katello',
  'slack',
  'lambda',
] as const;
export type Service = (typeof services)[number];

/** A mishap that happened in a run, at the nth call of its operation: enough to have it happen again. */
export interface Struck extends Pick<Call, 'service' | 'operation' | 'nth'> {
  readonly mishap: Mishap;
}

export interface Mishaps {
  /** What befalls this call, if anything. Asked once per call. */
  at(site: Site): Mishap | null;
  /** Whether a stale answer of this service can occur, so that earlier ones have to be kept. */
  canBeStale(service: Service): boolean;
  /** Services whose answers, or effects, can be late: what was decided on them need not be right. */
  readonly misleading: ReadonlySet<Service>;
  /** Oldest first. */
  readonly struck: readonly Struck[];
}

export const isMisleading = (mishap: Mishap): boolean => mishap === 'stale' || mishap === 'slow';

/** Counts calls by operation. */
export class CallCounter {
  readonly #counts = new Map(services.map((service) => [service, new Map<string, number>()]));

  /** How many calls of the operation there have been, this one included. */
  count({ service, operation }: Pick<Site, 'service' | 'operation'>): number {
    const ofService = this.#counts.get(service);
    const nth = (ofService?.get(operation) ?? 0) + 1;
    ofService?.set(operation, nth);
    return nth;
  }
}
