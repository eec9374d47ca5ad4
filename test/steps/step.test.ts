import { expect, test } from '@jest/globals';
import { runSchema } from '../../functions/domain/run.ts';
import { step } from '../../functions/steps/step.ts';

const anyone = runSchema.pick({ request: true });
const holder = runSchema.pick({ execution: true, request: true });

/** Never run: the compiler is what is asked. It reports an expectation that is not met, too. */
export const refused = [
  step({ input: anyone, needs: ['groups.read'] }, async ({ groups }) => {
    // @ts-expect-error a method that the step does not declare
    await groups.terminate('i-old', { decrement: true });
  }),
  step({ input: anyone, needs: ['groups.read'] }, async (ports) => {
    // @ts-expect-error a port of which the step declares nothing
    await ports.instances.read(['i-old']);
  }),
  // @ts-expect-error a method that no port has
  step({ input: anyone, needs: ['groups.abolish'] }, async () => {}),
  // @ts-expect-error a method that needs no grant
  step({ input: anyone, needs: ['clock.now'] }, async () => {}),
  // @ts-expect-error the lock of nobody: without its execution, the owner is not known
  step({ input: anyone, needs: [], underLock: true }, async () => {}),
];

test('a step reads the time and the fleet without declaring it', () => {
  const declared = step({ input: anyone, needs: [] }, async ({ clock, fleet }) => [
    clock.now(),
    await fleet.read(),
  ]);

  expect(declared).toMatchObject({ needs: [], underLock: false });
});

test('a step under the lock needs to read who holds it', () => {
  const declared = step(
    { input: holder, needs: ['groups.terminate'], underLock: true },
    async () => {},
  );

  expect(declared.needs).toEqual(['ledger.lockHolder', 'groups.terminate']);
});
