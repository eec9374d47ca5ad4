import { readFileSync } from 'node:fs';

/** One kind of value in a service's model. */
export interface Shape {
  readonly type: string;
  /** Of a structure: the shape of each member by its name. */
  readonly members?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** Members whose value comes as a stream. */
  readonly streams?: readonly string[];
  /** Of a list. */
  readonly member?: string;
  /** Of a map. */
  readonly key?: string;
  readonly value?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  /** Of a text its length, of a list or map its size, of a number its value. */
  readonly min?: number;
  readonly max?: number;
}

export interface Operation {
  readonly input?: string;
  readonly output?: string;
  /** Names of the errors that are modeled for it. */
  readonly errors: readonly string[];
}

export interface ServiceModel {
  readonly apiVersion: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** By name, which is what the SDK calls the error; the code is what the service says. */
  readonly errors: Readonly<Record<string, { readonly code: string; readonly status: number }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

interface Models {
  /** The version of botocore that the models come from. */
  readonly botocore: string;
  readonly services: Readonly<Record<string, ServiceModel>>;
}

/** Shapes that the SDK for JavaScript types otherwise than botocore; on the wire they are the same. */
const sdkTypes: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  route53: { PageMaxItems: { type: 'integer' } },
};

const asSdk = ({ botocore, services }: Models): Models => ({
  botocore,
  services: Object.fromEntries(
    Object.entries(services).map(([name, service]) => [
      name,
      { ...service, shapes: { ...service.shapes, ...sdkTypes[name] } },
    ]),
  ),
});

const read = (): Models => {
  const file = new URL('models.json', import.meta.url);
  return asSdk(JSON.parse(readFileSync(file, 'utf8')) as Models);
};

let kept: Models | undefined;

/** AWS's own models of the operations in use, as `generate.py` has written them. Read when first asked for. */
export const models = (): Models => {
  kept ??= read();
  return kept;
};
