import { requiredPermissions } from '../../functions/domain/katello-access.ts';
import type { Faults } from '../faults/fault.ts';

/** What everybody may do that can log in, as Foreman's default role has it. */
const always = ['view_bookmarks', 'view_tasks_of_own'] as const;

/** Permissions to change something, which a fault takes away. */
const isWriting = (permission: string): boolean => !permission.startsWith('view_');

/**
 * The user that the controller logs in as: its permissions, and the organizations and locations that it shares with
 * what it can see (Foreman: app/models/concerns/taxonomix.rb).
 */
export class ServiceUser {
  readonly login: string;
  /** Permissions that it was never given. */
  readonly missing = new Set<string>();
  readonly #faults: Faults;
  readonly #organization: string;

  constructor(login: string, organization: string, faults: Faults) {
    this.login = login;
    this.#organization = organization;
    this.#faults = faults;
  }

  get organizations(): readonly string[] {
    return [this.#organization];
  }

  get locations(): readonly string[] {
    return this.#faults.holds('location-removed') ? [] : ['Europe'];
  }

  get permissions(): readonly string[] {
    return [...always, ...Object.keys(requiredPermissions)].filter((name) => this.may(name));
  }

  may(permission: string): boolean {
    if (this.missing.has(permission)) return false;
    return !(isWriting(permission) && this.#faults.holds('permission-lost'));
  }

  /** Whether lists show it anything: without a location, nothing that has taxonomies. */
  get seesProxies(): boolean {
    return this.organizations.length > 0 && this.locations.length > 0;
  }
}
