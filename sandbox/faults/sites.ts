import type { StepName } from '../../functions/steps/register.ts';

/** AWS by the names of its endpoints. A seed draws from this list: another order makes other runs of it. */
export const awsServices = [
  'autoscaling',
  'ec2',
  'elasticloadbalancing',
  'ssm',
  'route53',
  'states',
  's3',
  'dynamodb',
] as const;
export type AwsService = (typeof awsServices)[number];

/** Everything that functions talk to, and what runs them. */
export const services = [...awsServices.toSorted(), 'katello', 'slack', 'lambda'] as const;
export type Service = (typeof services)[number];

/** Paths between two parties on which somebody can have connections dropped. */
export const pathNames = [
  'functions-to-proxy',
  'katello-to-proxy',
  'clients-to-proxy',
  'proxy-to-katello',
  'functions-to-katello',
] as const;
export type PathName = (typeof pathNames)[number];

/** Where a token can be renewed first; the other follows. */
export const tokenPlaces = ['katello', 'parameter'] as const;
export type TokenPlace = (typeof tokenPlaces)[number];

/** A place of the world, at which it asks whether a scheduled fault is in force. */
export interface WorldSite {
  readonly proxy?: string | undefined;
  readonly service?: AwsService | undefined;
  /** What IAM is asked for, such as `ec2:CreateTags`. */
  readonly action?: string | undefined;
}

/** A call to a service, or the invocation of a step, into which a fault can be injected. */
export interface CallSite {
  readonly service: Service;
  /** `DescribeInstances`, `GET /katello/api/capsules/2/content/sync`, the name of a step. */
  readonly operation: string;
  readonly isRead: boolean;
  /** The step that makes the call; `null`: the state machine makes it itself. */
  readonly step: StepName | null;
}

/** One call of a run, the nth of its operation, from 1 on. */
export interface Call extends CallSite {
  readonly nth: number;
}
