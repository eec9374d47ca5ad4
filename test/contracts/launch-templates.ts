import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { LaunchTemplatePort } from '../../functions/ports/launch-templates.ts';
import type { Awaitable } from './awaitable.ts';
import { expectFailure } from './failure.ts';

/** A launch template with version 1. */
export interface LaunchTemplateWorld {
  readonly templates: LaunchTemplatePort;
  readonly templateId: string;
  readonly end: () => void;
}

export const launchTemplateContract = (makeWorld: () => Awaitable<LaunchTemplateWorld>): void => {
  describe('a LaunchTemplatePort', () => {
    let world: LaunchTemplateWorld;
    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.end());

    const candidate = (description: string, imageId = 'ami-0aaaaaaaaaaaaaaaa') => ({
      sourceVersion: '1',
      imageId,
      description,
    });
    const ensure = (description: string) =>
      world.templates.ensureCandidate(world.templateId, candidate(description));

    test('makes one version per description, however often it is asked', async () => {
      const first = await ensure('rebuild one');
      const again = await ensure('rebuild one');
      const other = await ensure('rebuild two');

      expect(again).toEqual(first);
      expect(other.version).not.toBe(first.version);
    });

    test('finds candidates by the start of their description, on every page', async () => {
      for (let rebuild = 0; rebuild < 45; rebuild += 1) await ensure(`rebuild ${rebuild}`);
      await ensure('by hand');

      const found = await world.templates.findCandidates(world.templateId, 'rebuild ');

      expect(found).toHaveLength(45);
      expect(found.map(({ description }) => description)).toContain('rebuild 0');
    });

    test('deletes versions and ignores those that no longer exist', async () => {
      const { version } = await ensure('rebuild one');

      await world.templates.deleteVersions(world.templateId, [version]);
      await world.templates.deleteVersions(world.templateId, [version]);

      expect(await world.templates.findCandidates(world.templateId, 'rebuild')).toEqual([]);
    });

    test('reports which version could not be deleted', async () => {
      const deletion = world.templates.deleteVersions(world.templateId, ['1']);

      await expectFailure(deletion, 'AwsRefused', 'did not delete version 1');
    });

    test('refuses a source version that does not exist', async () => {
      const made = world.templates.ensureCandidate(world.templateId, {
        ...candidate('rebuild one'),
        sourceVersion: '99',
      });

      await expectFailure(made, 'AwsRefused', 'VersionNotFound');
    });
  });
};
