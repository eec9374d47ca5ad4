import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ContentReportPort } from '../../functions/ports/content-reports.ts';
import type { Awaitable } from './awaitable.ts';

type Held = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface ContentReportWorld {
  readonly reports: ContentReportPort;
  /** An instance that serves, with nothing in its Pulp. */
  readonly servingId: string;
  /** Powers an instance on, which boots in under a minute and installs for about ten. */
  readonly launch: () => string;
  readonly kill: (instanceId: string) => void;
  /** Puts repositories into an instance's Pulp: counts of `rpm` and `erratum` by path. */
  readonly fill: (instanceId: string, repositories: Held) => void;
  readonly failReports: (times: number) => void;
  readonly pass: (seconds: number) => Promise<void>;
  readonly end: () => void;
}

export const contentReportContract = (makeWorld: () => Awaitable<ContentReportWorld>): void => {
  describe('a ContentReportPort', () => {
    let world: ContentReportWorld;
    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.end());

    const ask = async (instanceId: string) => {
      const commandId = (await world.reports.start(instanceId, null)) ?? 'none';
      await world.pass(60);
      return world.reports.read(instanceId, commandId);
    };

    test('cannot ask an instance before it has booted, nor one that died', async () => {
      const id = world.launch();
      expect(await world.reports.start(id, null)).toBeNull();

      await world.pass(60);
      world.kill(id);

      expect(await world.reports.start(id, null)).toBeNull();
    });

    test('is running until the instance has looked', async () => {
      const commandId = (await world.reports.start(world.servingId, null)) ?? 'none';

      expect(await world.reports.read(world.servingId, commandId)).toEqual({ status: 'running' });
    });

    test('does not take a command that is not listed yet for a failure', async () => {
      const unknown = '00000000-0000-4000-8000-000000000000';

      expect(await world.reports.read(world.servingId, unknown)).toEqual({ status: 'running' });
    });

    test('tells what is on that instance, repository by repository', async () => {
      world.fill(world.servingId, {
        'Production/RHEL 9/BaseOS': { rpm: 6200, erratum: 900 },
        'Production/RHEL 9/In-house': {},
      });

      expect(await ask(world.servingId)).toMatchObject({
        status: 'done',
        report: {
          instanceId: world.servingId,
          repositories: {
            'Production/RHEL 9/BaseOS': {
              published: true,
              counts: { 'rpm.package': 6200, 'rpm.advisory': 900 },
            },
            'Production/RHEL 9/In-house': { published: false, counts: {} },
          },
          problems: [],
        },
      });
    });

    test('tells of thousands of repositories, which Run Command cannot return', async () => {
      const many = Array.from({ length: 5000 }, (_, index) => [
        `Production/View ${index % 7}/${((index * 7919) % 99_991).toString(36)} ${index}`,
        { rpm: 1 + ((index * 31) % 4001), erratum: (index * 17) % 211 },
      ]);
      world.fill(world.servingId, Object.fromEntries(many));
      const answer = await ask(world.servingId);

      expect(answer.status === 'done' && Object.keys(answer.report.repositories)).toHaveLength(
        5000,
      );
    });

    const images = { 'production/tools': { docker_tag: 3 }, 'staging/tools': { docker_tag: 3 } };
    const askAndComplete = async (publicNames: readonly string[]) => {
      world.fill(world.servingId, images);
      const commandId = (await world.reports.start(world.servingId, publicNames)) ?? 'none';
      await world.pass(60);
      const answer = await world.reports.read(world.servingId, commandId);
      return answer.status === 'done' ? answer.report.gateway : null;
    };

    test('leaves the container gateway alone unless it is to be completed', async () => {
      world.fill(world.servingId, images);

      expect(await ask(world.servingId)).toMatchObject({
        report: { gateway: { repositories: [], unknown: Object.keys(images), newestRow: 0 } },
      });
    });

    test('completes the container gateway, and closes what is not named', async () => {
      expect(await askAndComplete(['staging/tools'])).toEqual({
        repositories: Object.keys(images),
        public: ['staging/tools'],
        unknown: [],
        newestRow: 2,
        refusal: null,
      });
    });

    test('closes everything if there are too many names for a command', async () => {
      const many = Array.from({ length: 3000 }, (_, index) => `org/${(index * 7919) ** 3}`);

      expect(await askAndComplete([...many, 'staging/tools'])).toMatchObject({
        repositories: Object.keys(images),
        public: [],
      });
    });

    test('says that it failed while Pulp is not up, or cannot be read', async () => {
      const id = world.launch();
      await world.pass(100);
      expect(await ask(id)).toMatchObject({ status: 'failed' });

      world.failReports(1);

      expect(await ask(world.servingId)).toEqual({
        status: 'failed',
        reason: expect.stringContaining('exit code 1'),
      });
    });
  });
};
