import type { AwsContext } from './aws-context.ts';
import type { Images } from './images.ts';

/** As Step Functions writes the answer of `codebuild:startBuild.sync`. */
export interface BuildAnswer {
  readonly Build: {
    readonly Id: string;
    readonly Arn: string;
    readonly ProjectName: string;
    readonly BuildComplete: boolean;
    readonly BuildStatus: 'SUCCEEDED' | 'FAILED';
    readonly StartTime: number;
    readonly EndTime: number;
    readonly ExportedEnvironmentVariables: readonly Variable[];
    readonly Phases: readonly {
      readonly PhaseType: string;
      readonly PhaseStatus: string;
      readonly Contexts: readonly { readonly Message: string; readonly StatusCode: string }[];
    }[];
    readonly Logs: { readonly DeepLink: string };
  };
}

export interface Variable {
  readonly Name: string;
  readonly Value: string;
}

/** What a project bakes: the tags of the image, from the variables that override the project's. */
export type ImageTags = (
  environment: Readonly<Record<string, string>>,
) => Readonly<Record<string, string>>;

/** The failure of a task whose build failed; its cause is the build. */
class BuildFailed extends Error {
  override readonly name = 'States.TaskFailed';
}

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

  /** Runs a build to its end. A signal that aborts it stops the build, which leaves no image. */
  bake(
    projectName: string,
    environment: readonly Variable[],
    signal?: AbortSignal,
  ): Promise<BuildAnswer> {
    const tags = this.#projects.get(projectName);
    if (tags === undefined) throw new Error(`There is no CodeBuild project ${projectName}`);
    const { kernel, durations, faults } = this.#context;
    const startedAt = kernel.now();
    const id = `${projectName}:${kernel.random.uuid()}`;
    kernel.emit('bake-started', undefined, 'CodeBuild bakes an image');
    const variables = Object.fromEntries(environment.map(({ Name, Value }) => [Name, Value]));
    return new Promise((resolve, reject) => {
      const end = (): void => {
        if (faults.strikes('bake-fails')) {
          kernel.emit('bake-failed', undefined, 'the bake has failed');
          reject(new BuildFailed(JSON.stringify(this.#answer(id, startedAt, null))));
          return;
        }
        const imageId = this.#images.add({ tags: tags(variables) });
        kernel.emit('image-made', undefined, `the bake has made ${imageId}`);
        resolve(this.#answer(id, startedAt, imageId));
      };
      const timer = kernel.after(durations.bakeSeconds, end);
      signal?.addEventListener('abort', () => timer.cancel(), { once: true });
    });
  }

  #answer(id: string, startedAt: number, imageId: string | null): BuildAnswer {
    const { region, account, kernel } = this.#context;
    const status = imageId === null ? 'FAILED' : 'SUCCEEDED';
    const message = 'Error while executing command: packer build. Reason: exit status 1';
    return {
      Build: {
        Id: id,
        Arn: `arn:aws:codebuild:${region}:${account}:build/${id}`,
        ProjectName: id.split(':')[0] ?? '',
        BuildComplete: true,
        BuildStatus: status,
        StartTime: startedAt,
        EndTime: kernel.now(),
        ExportedEnvironmentVariables:
          imageId === null ? [] : [{ Name: 'IMAGE_ID', Value: imageId }],
        Phases: [
          { PhaseType: 'INSTALL', PhaseStatus: 'SUCCEEDED', Contexts: [] },
          {
            PhaseType: 'BUILD',
            PhaseStatus: status,
            Contexts:
              imageId === null ? [{ StatusCode: 'COMMAND_EXECUTION_ERROR', Message: message }] : [],
          },
        ],
        Logs: { DeepLink: `https://console.aws.amazon.com/cloudwatch/home?region=${region}` },
      },
    };
  }
}
