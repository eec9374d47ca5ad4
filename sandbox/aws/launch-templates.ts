import type { Kernel } from '../kernel/kernel.ts';
import { AwsError } from './aws-error.ts';

export interface TemplateVersion {
  readonly number: number;
  readonly description: string;
  /** An id, or `resolve:ssm:<parameter>`. */
  readonly imageId: string;
}

interface LaunchTemplate {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly versions: Map<number, TemplateVersion>;
  /** What was made by which client token, so that the same call makes nothing twice. */
  readonly made: Map<string, { readonly request: string; readonly version: TemplateVersion }>;
  latest: number;
}

/** Launch templates with their versions; version 1 is the default, as CloudFormation leaves it. */
export class LaunchTemplates {
  readonly #templates = new Map<string, LaunchTemplate>();
  readonly #kernel: Kernel;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  add(imageId: string, tags: Readonly<Record<string, string>>): string {
    const id = `lt-${this.#kernel.random.hex(17)}`;
    const first = { number: 1, description: '', imageId };
    const versions = new Map([[1, first]]);
    this.#templates.set(id, { id, tags, versions, made: new Map(), latest: 1 });
    return id;
  }

  tags(id: string): Readonly<Record<string, string>> | undefined {
    return this.#templates.get(id)?.tags;
  }

  /** Every version of every template. */
  all(): readonly (TemplateVersion & { readonly templateId: string })[] {
    return [...this.#templates.values()].flatMap(({ id, versions }) =>
      [...versions.values()].map((version) => ({ ...version, templateId: id })),
    );
  }

  versions(id: string): readonly TemplateVersion[] {
    return [...this.#template(id).versions.values()];
  }

  find(id: string, number: string): TemplateVersion | undefined {
    return this.#templates.get(id)?.versions.get(Number(number));
  }

  version(id: string, number: string): TemplateVersion {
    const version = this.#template(id).versions.get(Number(number));
    if (version !== undefined) return version;
    throw new AwsError(
      'InvalidLaunchTemplateId.VersionNotFound',
      `Could not find the specified version ${number} for the launch template with ID ${id}.`,
    );
  }

  /** What a deployment does: a new version that resolves the same image. */
  create(
    id: string,
    made: {
      readonly sourceVersion: string | undefined;
      readonly imageId: string | undefined;
      readonly description: string;
      readonly clientToken: string | undefined;
    },
  ): TemplateVersion {
    const template = this.#template(id);
    const request = JSON.stringify([made.sourceVersion, made.imageId, made.description]);
    const earlier =
      made.clientToken === undefined ? undefined : template.made.get(made.clientToken);
    if (earlier !== undefined) return sameRequest(earlier, request);
    const source =
      made.sourceVersion === undefined ? undefined : this.version(id, made.sourceVersion);
    template.latest += 1;
    const version = {
      number: template.latest,
      description: made.description,
      imageId: made.imageId ?? source?.imageId ?? '',
    };
    template.versions.set(version.number, version);
    if (made.clientToken !== undefined) template.made.set(made.clientToken, { request, version });
    return version;
  }

  /** The whole template, with every version of it. */
  remove(id: string): void {
    this.#templates.delete(id);
  }

  /** `null` when it was deleted, else the code of the reason why not. */
  delete(id: string, number: string): string | null {
    const template = this.#template(id);
    if (Number(number) === 1) return 'unexpectedError';
    return template.versions.delete(Number(number)) ? null : 'launchTemplateVersionDoesNotExist';
  }

  #template(id: string): LaunchTemplate {
    const template = this.#templates.get(id);
    if (template !== undefined) return template;
    throw new AwsError(
      'InvalidLaunchTemplateId.NotFound',
      `The specified launch template, with template ID ${id}, does not exist.`,
    );
  }
}

const sameRequest = (
  earlier: { readonly request: string; readonly version: TemplateVersion },
  request: string,
): TemplateVersion => {
  if (earlier.request === request) return earlier.version;
  throw new AwsError(
    'IdempotentParameterMismatch',
    'The request uses the same client token as a previous, but non-identical request.',
  );
};
