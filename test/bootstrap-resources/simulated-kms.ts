import {
  CreateGrantCommand,
  type CreateGrantRequest,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms';
import type { KmsClient } from '../../functions/adapters/aws/clients.ts';
import { observable } from '../../sandbox/aws/aws-calls.ts';
import { AwsError } from '../../sandbox/aws/aws-error.ts';

/** KMS, as far as grants need it. */
export class SimulatedKms implements KmsClient {
  readonly grants = new Map<string, CreateGrantRequest>();

  readonly send = (async (command: CreateGrantCommand | RevokeGrantCommand) => {
    const { input } = command;
    const operation = command.constructor.name.replace(/Command$/, '');
    return observable({ service: 'kms', operation, input }, () => {
      if (command instanceof CreateGrantCommand) return this.#create(command.input);
      if (command instanceof RevokeGrantCommand) return this.#revoke(command.input.GrantId);
      throw new Error(`The simulated KMS does not know ${operation}`);
    });
  }) as KmsClient['send'];

  /** A request with the name and the members of an earlier one makes no other grant. */
  #create(input: CreateGrantCommand['input']): { readonly GrantId: string } {
    const grant = input as CreateGrantRequest;
    const known = [...this.grants].find(
      ([, other]) => grant.Name !== undefined && JSON.stringify(other) === JSON.stringify(grant),
    );
    const GrantId = known?.[0] ?? `grant-${this.grants.size}`;
    this.grants.set(GrantId, grant);
    return { GrantId };
  }

  #revoke(grantId = ''): object {
    if (!this.grants.delete(grantId))
      throw new AwsError('NotFoundException', `no grant ${grantId}`);
    return {};
  }
}
