import type {
  AutoScalingClient,
  DynamoDbClient,
  Ec2Client,
  Route53Client,
  SsmClient,
} from '../../functions/adapters/aws/clients.ts';

/** An AWS with one proxy's group, of whichever make. */
export interface LifeWorld {
  readonly autoScaling: AutoScalingClient;
  readonly dynamoDb: DynamoDbClient;
  readonly ec2: Ec2Client;
  readonly route53: Route53Client;
  readonly ssm: SsmClient;
  readonly groupName: string;
  readonly templateId: string;
  readonly incumbentId: string;
  readonly imageId: string;
  readonly zoneId: string;
  readonly tableName: string;
  readonly pass: (seconds: number) => Promise<void>;
}

/** What was asked, step by step, how it was answered, and what could be seen afterwards. */
export class Trace {
  readonly #lines = new Map<string, string>();

  async note(
    step: string,
    call: () => Promise<unknown>,
    look: () => Promise<string> = async () => '',
  ): Promise<void> {
    const answer = await call().then(
      (value) => (typeof value === 'string' ? value : 'done'),
      refusal,
    );
    const seen = await look().catch(refusal);
    this.#lines.set(step, seen === '' ? answer : `${answer}; ${seen}`);
  }

  lines(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#lines);
  }
}

/** An error by its code alone: sentences are AWS's own, and emulators use other words. */
const refusal = (error: unknown): string => {
  const metadata: unknown = Reflect.get(error as object, '$metadata');
  const status: unknown = Reflect.get((metadata ?? {}) as object, 'httpStatusCode');
  return Number(status) >= 500 ? 'broken' : `refused (${(error as Error).name})`;
};
