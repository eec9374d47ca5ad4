import type { Kernel } from '../kernel/kernel.ts';
import { AwsError } from './aws-error.ts';

export interface StoredParameter {
  readonly name: string;
  readonly type: 'String' | 'SecureString';
  readonly value: string;
  /** ARN of the key that it is encrypted with, unless that is aws/ssm. */
  readonly key: string | null;
  readonly version: number;
  readonly modifiedAt: number;
}

/** Parameter Store. */
export class Parameters {
  /** How often any of them was written. */
  writes = 0;
  readonly #parameters = new Map<string, StoredParameter>();
  readonly #listeners: ((parameter: StoredParameter) => void)[] = [];
  readonly #kernel: Kernel;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  get(name: string): StoredParameter | undefined {
    return this.#parameters.get(name);
  }

  all(): readonly StoredParameter[] {
    return [...this.#parameters.values()];
  }

  put(
    name: string,
    value: string,
    type: StoredParameter['type'] = 'String',
    key: string | null = null,
  ): StoredParameter {
    if (!/^\/[\w.-]+(\/[\w.-]+)*$/.test(name)) {
      throw new AwsError('ValidationException', `Parameter name ${name} is not valid`);
    }
    const parameter = {
      name,
      type,
      value,
      key,
      version: (this.#parameters.get(name)?.version ?? 0) + 1,
      modifiedAt: this.#kernel.now(),
    };
    this.#parameters.set(name, parameter);
    this.writes += 1;
    for (const listener of this.#listeners) listener(parameter);
    return parameter;
  }

  /** Called for every parameter that is created or changed. */
  onPut(listener: (parameter: StoredParameter) => void): void {
    this.#listeners.push(listener);
  }

  /** Whether there was one of that name. */
  delete(name: string): boolean {
    return this.#parameters.delete(name);
  }

  /** In the order of their names, as Systems Manager answers. */
  below(path: string, recursive: boolean): readonly StoredParameter[] {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    return this.all()
      .filter(({ name }) => name.startsWith(prefix))
      .filter(({ name }) => recursive || !name.slice(prefix.length).includes('/'))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  }
}
