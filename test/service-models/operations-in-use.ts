import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Operations by service; services by the prefix of their endpoints, as in IAM. */
export type Operations = Readonly<Record<string, readonly string[]>>;

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Clients of the SDK that are not called like their service's endpoint. */
const endpoints: Readonly<Record<string, string>> = {
  'auto-scaling': 'autoscaling',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  'route-53': 'route53',
  sfn: 'states',
};

type Found = readonly [service: string, operation: string];

const textsIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => readFileSync(join(repository, folder, file), 'utf8'));

/** Commands that a source imports as values, which is to say: that it sends. */
const commandsIn = (source: string): readonly Found[] =>
  [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g)].flatMap(
    ([, names = '', client = '']) =>
      [...names.matchAll(/(?<!type )\b(\w+)Command\b/g)].map(
        ([, operation = '']): Found => [endpoints[client] ?? client, operation],
      ),
  );

const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** What the tasks of a state machine do: `arn:…:states:::dynamodb:putItem`, or the invocation of a function. */
const tasksIn = (definition: string): readonly Found[] =>
  [...definition.matchAll(/"Resource": "(?:\$\{\w+\}|arn:[^"]*:states:::(\w+):(\w+)[^"]*)"/g)].map(
    ([, service = 'lambda', action = 'invoke']): Found => [service, upperFirst(action)],
  );

const grouped = (found: readonly Found[]): Operations => {
  const byService = Object.groupBy(found, ([service]) => service);
  return Object.fromEntries(
    Object.entries(byService).map(([service, ofService = []]) => [
      service,
      [...new Set(ofService.map(([, operation]) => operation))].sort(),
    ]),
  );
};

/** What the state machines call by themselves. */
export const taskOperations = (): Operations =>
  grouped(textsIn('statemachine', '.asl.json').flatMap(tasksIn));

/** Every operation of AWS that a function, the command line, a state machine or the sandbox can call. */
export const operationsInUse = (): Operations =>
  grouped([
    ...['functions', 'cli', 'infra', 'sandbox'].flatMap((folder) =>
      textsIn(folder, '.ts').flatMap(commandsIn),
    ),
    ...textsIn('statemachine', '.asl.json').flatMap(tasksIn),
  ]);

if (import.meta.main) console.log(JSON.stringify(operationsInUse()));
