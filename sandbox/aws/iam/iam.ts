import { bucketArn } from '../../../deployment/permissions/arns.ts';
import type { Permission } from '../../../deployment/permissions/permission.ts';
import type { Faults } from '../../faults/fault.ts';
import type { AwsService } from '../../faults/sites.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { AwsError } from '../aws-error.ts';
import type { Access, Command } from './access.ts';
import { accessesOf, dependentAccessesOf } from './command-meanings.ts';
import { type Denial, denied, type Refusing, templateDenied } from './denial.ts';
import { type Estate, groupOf } from './estate.ts';
import { Role } from './policy.ts';

/**
 * Decides on every call of the function or state machine that runs now, by its role. Calls that a test makes to prepare
 * a world have no role, and are allowed.
 */
export class Iam {
  readonly estate: Estate;
  readonly #faults: Faults;
  readonly #roles = new Map<string, Role>();
  /** When each action was last denied in this run, in virtual milliseconds. */
  readonly deniedActions = new Map<string, number>();
  readonly #listeners: ((denial: Denial) => void)[] = [];
  readonly #clock: Pick<Kernel, 'now'>;
  #caller: string | null = null;

  constructor(estate: Estate, faults: Faults, clock: Pick<Kernel, 'now'>) {
    this.estate = estate;
    this.#faults = faults;
    this.#clock = clock;
  }

  /** The role in whose name calls are made. */
  get caller(): string | null {
    return this.#caller;
  }

  addRole(name: string, permissions: readonly Permission[]): void {
    this.#roles.set(name, new Role(permissions));
  }

  /** Called for every call that is denied. */
  onDenial(listener: (denial: Denial) => void): void {
    this.#listeners.push(listener);
  }

  /** Makes the calls of `work` in the name of a role: one at a time works, as functions run one after another. */
  async as<Result>(role: string | null, work: () => Promise<Result>): Promise<Result> {
    const before = this.#caller;
    this.#caller = role;
    try {
      return await work();
    } finally {
      this.#caller = before;
    }
  }

  /** The same for one call, which has its effect before it returns. */
  asNow<Result>(role: string | null, call: () => Result): Result {
    const before = this.#caller;
    this.#caller = role;
    try {
      return call();
    } finally {
      this.#caller = before;
    }
  }

  /** Throws as the service does when the caller may not make a call. */
  authorize(service: AwsService, command: Command): void {
    if (this.#caller === null) return;
    const own = accessesOf(command, this.estate).find((access) => !this.allows(access));
    if (own !== undefined) throw this.#denied(service, own);
    const needed = dependentAccessesOf(command, this.estate);
    const dependent = needed.find((access) => !this.allows(access));
    if (dependent !== undefined) throw this.#denied(service, dependent, command);
  }

  /** The same for one access, whatever call needs it. */
  authorizeAccess(service: Refusing, access: Access): void {
    if (!this.allows(access)) throw this.#denied(service, access);
  }

  /** Whoever may not list a bucket learns of no object that it is not there (`GetObject` in the S3 API reference). */
  authorizeListing(bucket: string): void {
    const resource = bucketArn(this.estate.place, bucket);
    this.authorizeAccess('s3', { action: 's3:ListBucket', resource, context: {} });
  }

  /** Whether the caller may do this. */
  allows(access: Access): boolean {
    if (this.#caller === null) return true;
    return this.#roleOf(this.#caller).allows(access) && !this.#isForbidden(access);
  }

  #roleOf(name: string): Role {
    const role = this.#roles.get(name);
    if (role === undefined) throw new Error(`The simulated IAM has no role ${name}`);
    return role;
  }

  /** A service control policy binds every role of the account but those of the services themselves. */
  #isForbidden({ action }: Access): boolean {
    return this.#faults.holds('permission-denied', { action });
  }

  #denied(service: Refusing, access: Access, launching: Command | null = null): AwsError {
    const denial = { role: this.#caller ?? '', access, isExplicit: this.#isForbidden(access) };
    this.deniedActions.set(access.action, this.#clock.now());
    for (const listener of this.#listeners) listener(denial);
    if (launching?.operation === 'UpdateAutoScalingGroup')
      return templateDenied(templateOf(this.estate, launching));
    return denied(service, denial, this.estate.place.account);
  }
}

const templateOf = (estate: Estate, { input }: Command): string => {
  const { AutoScalingGroupName: name, LaunchTemplate: asked } = input as {
    readonly AutoScalingGroupName?: string;
    readonly LaunchTemplate?: { readonly LaunchTemplateId?: string };
  };
  return asked?.LaunchTemplateId ?? groupOf(estate, name)?.template.id ?? '';
};
