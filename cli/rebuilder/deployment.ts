import { BadInput } from '../../config/problems.ts';
import { autoScalingGroups } from '../../functions/adapters/aws/auto-scaling-groups.ts';
import { dynamoLedger } from '../../functions/adapters/aws/dynamo-ledger.ts';
import { ec2Instances } from '../../functions/adapters/aws/ec2-instances.ts';
import { ssmFleet } from '../../functions/adapters/aws/ssm-fleet.ts';
import { readParameter } from '../../functions/adapters/aws/ssm-parameters.ts';
import { stepFunctionsExecutions } from '../../functions/adapters/aws/step-functions-executions.ts';
import type { Fleet } from '../../functions/domain/fleet.ts';
import { type MachineName, resourceNames } from '../../functions/domain/resource-names.ts';
import type { Ports } from '../../functions/ports/ports.ts';
import type { Outside } from './outside.ts';

/** A fleet as it is deployed, and the ways to what belongs to it. */
export interface Deployment {
  readonly fleet: Fleet;
  /** ARNs of the state machines. */
  readonly machines: Readonly<Record<MachineName, string>>;
  readonly outside: Outside;
  readonly ports: Pick<Ports, 'executions' | 'groups' | 'instances' | 'ledger'>;
}

/** Finds what was deployed under a fleet's name; throws `BadInput` when nothing was. */
export const findDeployment = async (outside: Outside, fleetName: string): Promise<Deployment> => {
  const names = [
    resourceNames.stateMachineParameter(fleetName, 'rebuild-fleet'),
    resourceNames.stateMachineParameter(fleetName, 'rebuild-proxy'),
    resourceNames.ledgerTableParameter(fleetName),
  ] as const;
  const [fleetMachine, proxyMachine, ledgerTable] = await Promise.all(
    names.map((name) => readParameter(outside.ssm, name)),
  );
  if (!fleetMachine || !proxyMachine || !ledgerTable) {
    throw new BadInput([
      `--fleet-name: no fleet ${fleetName} is deployed in this account and region, which has no ` +
        `parameter ${names[0]}; correct the name, --region or your profile, or deploy it`,
    ]);
  }
  return {
    fleet: await ssmFleet(outside.ssm, fleetName).read(),
    machines: { 'rebuild-fleet': fleetMachine, 'rebuild-proxy': proxyMachine },
    outside,
    ports: {
      executions: stepFunctionsExecutions(outside.sfn),
      groups: autoScalingGroups(outside.autoScaling),
      instances: ec2Instances(outside.ec2),
      ledger: dynamoLedger(outside.dynamoDb, ledgerTable, outside.clock),
    },
  };
};

/** Throws `BadInput` with a line for each name that no proxy of the fleet has. */
export const assertProxies = (
  { fleet }: Deployment,
  option: string,
  names: readonly string[],
): void => {
  const known = fleet.proxies.map(({ name }) => name);
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => `${option}: ${fleet.fleet} has no proxy ${name}; it has ${known.join(', ')}`);
  if (problems.length > 0) throw new BadInput(problems);
};
