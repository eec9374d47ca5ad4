import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import type { Access } from '../../sandbox/aws/iam/access.ts';
import { accessesOf, dependentAccessesOf, pageOf } from '../../sandbox/aws/iam/command-meanings.ts';
import { Iam } from '../../sandbox/aws/iam/iam.ts';
import { runScenario } from '../../sandbox/run/run-scenario.ts';
import { readRunInput } from '../../sandbox/scenario/run-input.ts';

/** What IAM is asked about one call of a function or a state machine. */
export interface Call {
  readonly role: string;
  readonly operation: string;
  readonly own: readonly Access[];
  /** About what AWS does in the caller's name, as this page of AWS's says. */
  readonly dependent: readonly Access[];
  readonly page: string;
}

const folder = fileURLToPath(new URL('../../examples/scenarios/', import.meta.url));

/** Runs every example scenario, and hands over every call that a role makes meanwhile. */
export const callsOfAllScenarios = async (): Promise<readonly Call[]> => {
  const calls = new Map<string, Call>();
  const { authorize, allows } = Iam.prototype;
  jest.spyOn(Iam.prototype, 'authorize').mockImplementation(function (this: Iam, service, command) {
    if (this.caller !== null) {
      const call = {
        role: this.caller,
        operation: command.operation,
        own: accessesOf(command, this.estate),
        dependent: dependentAccessesOf(command, this.estate),
        page: pageOf(command.operation),
      };
      calls.set(JSON.stringify(call), call);
    }
    authorize.call(this, service, command);
  });
  // Some calls are answered in another way where IAM says no, and not refused.
  jest.spyOn(Iam.prototype, 'allows').mockImplementation(function (this: Iam, access) {
    const call = { role: this.caller ?? '', operation: '', own: [access], dependent: [], page: '' };
    calls.set(JSON.stringify(call), call);
    return allows.call(this, access);
  });
  for (const file of readdirSync(folder))
    await runScenario(readRunInput({ scenario: `${folder}${file}` }), { transport: 'in-process' });
  jest.restoreAllMocks();
  return [...calls.values()];
};
