import { describe, expect, test } from '@jest/globals';
import { mirrorPolicy } from '../../../sandbox/katello/repositories.ts';
import { filesAfterSync, filesAfterUse, lacksFiles } from '../../../sandbox/machines/files.ts';
import { isComplete } from '../../../sandbox/world/content.ts';

const counts = { rpm: 400, erratum: 50 };

describe('files on the disk', () => {
  test.each([
    ['immediate', 400, 400],
    ['on_demand', 100, 0],
    ['streamed', 0, 0],
  ] as const)('with %s: %i after long use, %i after a first sync', (policy, used, synced) => {
    expect(filesAfterUse(policy, counts)).toEqual({ policy, present: used });
    expect(filesAfterSync({ policy, present: 0 }, counts)).toEqual({ policy, present: synced });
  });

  test('that clients have asked for stay through a sync, unless they are no longer in the repository', () => {
    const cached = { policy: 'on_demand', present: 100 } as const;

    expect(filesAfterSync(cached, counts).present).toBe(100);
    expect(filesAfterSync(cached, { rpm: 60 }).present).toBe(60);
  });

  test('are missed by clients with immediate only', () => {
    expect(lacksFiles({ policy: 'immediate', present: 399 }, counts)).toBe(true);
    expect(lacksFiles({ policy: 'on_demand', present: 0 }, counts)).toBe(false);
  });

  test('decide with immediate whether a machine is complete', () => {
    const content = { 'Production/RHEL 9/BaseOS': counts };
    const machineWith = (present: number) => ({
      store: content,
      files: { 'Production/RHEL 9/BaseOS': { policy: 'immediate', present } as const },
    });

    expect(isComplete(machineWith(400), content)).toBe(true);
    expect(isComplete(machineWith(200), content)).toBe(false);
  });
});

test('a mirror has the policy of the proxy, or that of its repository where the proxy inherits it', () => {
  const repository = { downloadPolicy: 'immediate' } as const;

  expect(mirrorPolicy('streamed', repository)).toBe('streamed');
  expect(mirrorPolicy('inherit', repository)).toBe('immediate');
});
