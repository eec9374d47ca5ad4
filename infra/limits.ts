import { BadInput } from '../config/problems.ts';
import type { Fleet } from '../functions/domain/fleet.ts';

/** Of a parameter of the free kind in Systems Manager. */
const parameterCharactersMax = 4096;

/**
 * A heal rule, a place in each policy and in the dashboard for each proxy. At this number the stack of the
 * controller is at about half of CloudFormation's limit of 500 resources, and so are the policies at theirs.
 */
export const proxiesMax = 60;

const tooLong = (path: string, value: object): readonly string[] => {
  const { length } = JSON.stringify(value);
  return length <= parameterCharactersMax
    ? []
    : [
        `${path}: takes ${length} characters, of which a parameter holds ${parameterCharactersMax}: ` +
          'shorten its lists, by larger blocks of addresses for example',
      ];
};

/** What one deployment cannot hold, told before CloudFormation would. */
export const assertDeployable = ({ proxies, ...rest }: Fleet): void => {
  const tooMany =
    proxies.length > proxiesMax
      ? [
          `proxies: ${proxies.length} are more than the ${proxiesMax} that one controller holds: ` +
            'make two fleet files of them',
        ]
      : [];
  const problems = [
    ...tooMany,
    ...tooLong('the fleet without its proxies', rest),
    ...proxies.flatMap((proxy) => tooLong(`proxies ${proxy.name}`, proxy)),
  ];
  if (problems.length > 0) throw new BadInput(problems);
};
