import type { AwsContext } from './aws-context.ts';
import type { Images } from './images.ts';

/** As BatchGetBuilds describes a build. */
export interface Build {
  readonly id: string;
  readonly arn: string;
  readonly projectName: string;
  readonly buildComplete: boolean;
  readonly buildStatus: 'SUCCEEDED' | 'FAILED';
  readonly startTime: Date;
  readonly endTime: Date;
  readonly exportedEnvironmentVariables: readonly Variable[];
  readonly phases: readonly {
    readonly phaseType: string;
    readonly phaseStatus: string;
    readonly contexts: readonly { readonly message: string; readonly statusCode: string }[];
  }[];
  readonly logs: { readonly deepLink: string };
}

export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** What a project bakes: the tags of the image, from the variables that override the project's. */
export type ImageTags = (
  environment: Readonly<Record<string, string>>,
) => Readonly<Record<string, string>>;

/** CodeBuild, whose only project runs Packer. */
export class CodeBuild {
  readonly #projects = new Map<string, ImageTags>();
  readonly #context: AwsContext;
  readonly #images: Images;

  constructor(context: AwsContext, images: Images) {
    this.#context = context;
    this.#images = images;
  }

  addProject(name: string, tags: ImageTags): void {
    this.#projects.set(name, tags);
  }

  /** Runs a build to its end, good or bad. A signal that aborts it stops the build, which leaves no image. */
  bake(
    projectName: string,
    environment: readonly Variable[],
    signal?: AbortSignal,
  ): Promise<Build> {
    const tags = this.#projects.get(projectName);
    if (tags === undefined) throw new Error(`There is no CodeBuild project ${projectName}`);
    const { kernel, durations, faults } = this.#context;
    const startedAt = kernel.now();
    const id = `${projectName}:${kernel.random.uuid()}`;
    kernel.emit('bake-started', undefined, 'image bake started');
    const variables = Object.fromEntries(environment.map(({ name, value }) => [name, value]));
    return new Promise((resolve) => {
      const end = (): void => {
        if (faults.strikes('bake-fails')) {
          kernel.emit('bake-failed', undefined, 'image bake failed');
          resolve(this.#build(id, startedAt, null));
          return;
        }
        const imageId = this.#images.add({ tags: tags(variables) });
        kernel.emit('image-made', undefined, `image ${imageId} baked`);
        resolve(this.#build(id, startedAt, imageId));
      };
      const timer = kernel.after(durations.bakeSeconds, end);
      signal?.addEventListener('abort', () => timer.cancel(), { once: true });
    });
  }

  #build(id: string, startedAt: number, imageId: string | null): Build {
    const { region, account, kernel } = this.#context;
    const status = imageId === null ? 'FAILED' : 'SUCCEEDED';
    const message = 'Error while executing command: packer build. Reason: exit status 1';
    return {
      id,
      arn: `arn:aws:codebuild:${region}:${account}:build/${id}`,
      projectName: id.split(':')[0] ?? '',
      buildComplete: true,
      buildStatus: status,
      startTime: new Date(startedAt),
      endTime: new Date(kernel.now()),
      exportedEnvironmentVariables: imageId === null ? [] : [{ name: 'IMAGE_ID', value: imageId }],
      phases: [
        { phaseType: 'INSTALL', phaseStatus: 'SUCCEEDED', contexts: [] },
        {
          phaseType: 'BUILD',
          phaseStatus: status,
          contexts: imageId === null ? [{ statusCode: 'COMMAND_EXECUTION_ERROR', message }] : [],
        },
      ],
      logs: { deepLink: `https://console.aws.amazon.com/cloudwatch/home?region=${region}` },
    };
  }
}
