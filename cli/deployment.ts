import { BadInput } from '../config/problems.ts';
import { autoScalingGroups } from '../functions/adapters/aws/auto-scaling-groups.ts';
import { dynamoLedger } from '../functions/adapters/aws/dynamo-ledger.ts';
import { ec2Instances } from '../functions/adapters/aws/ec2-instances.ts';
import { ssmFleet } from '../functions/adapters/aws/ssm-fleet.ts';
import { readParameter } from '../functions/adapters/aws/ssm-parameters.ts';
import { stepFunctionsExecutions } from '../functions/adapters/aws/step-functions-executions.ts';
import type { Fleet } from '../functions/domain/fleet.ts';
import { type MachineName, resourceNames } from '../functions/domain/resource-names.ts';
import type { Ports } from '../functions/ports/ports.ts';
import type { Words } from '../terminal/command-line.ts';
import type { Environment } from './environment.ts';

/** A deployed fleet, with access to its resources. */
export interface Deployment {
  readonly fleet: Fleet;
  /** ARNs of the state machines. */
  readonly machines: Readonly<Record<MachineName, string>>;
  readonly environment: Environment;
  readonly ports: Pick<Ports, 'executions' | 'groups' | 'instances' | 'ledger'>;
}

/** Finds a deployed fleet by name; throws `BadInput` when there is none. */
export const findDeployment = async (
  environment: Environment,
  fleetName: string,
): Promise<Deployment> => {
  const names = [
    resourceNames.stateMachineParameter(fleetName, 'rebuild-fleet'),
    resourceNames.stateMachineParameter(fleetName, 'rebuild-proxy'),
    resourceNames.ledgerTableParameter(fleetName),
  ] as const;
  const [fleetMachine, proxyMachine, ledgerTable] = await Promise.all(
    names.map((name) => readParameter(environment.ssm, name)),
  );
  if (!fleetMachine || !proxyMachine || !ledgerTable) {
    throw new BadInput([
      `--fleet-name: fleet ${fleetName} is not deployed in this account and region: there is no ` +
        `parameter ${names[0]}. Check the name, --region and your profile, or deploy the fleet`,
    ]);
  }
  return {
    fleet: await ssmFleet(environment.ssm, fleetName).read(),
    machines: { 'rebuild-fleet': fleetMachine, 'rebuild-proxy': proxyMachine },
    environment,
    ports: {
      executions: stepFunctionsExecutions(environment.sfn),
      groups: autoScalingGroups(environment.autoScaling),
      instances: ec2Instances(environment.ec2),
      ledger: dynamoLedger(environment.dynamoDb, ledgerTable, environment.clock),
    },
  };
};

/** Throws `BadInput` with one line for each name that is not a proxy of the fleet. */
export const assertProxies = ({ fleet }: Deployment, { values }: Words): void => {
  const known = fleet.proxies.map(({ name }) => name);
  const problems = ['proxies', 'proxy'].flatMap((option) =>
    (values.get(option)?.split(',') ?? [])
      .filter((name) => !known.includes(name))
      .map(
        (name) =>
          `--${option}: fleet ${fleet.fleet} has no proxy ${name}. Proxies: ${known.join(', ')}`,
      ),
  );
  if (problems.length > 0) throw new BadInput(problems);
};
