import { expect, test } from '@jest/globals';
import { runSchema } from '../../functions/domain/run.ts';
import { fleetStep, step } from '../../functions/steps/step.ts';

const input = runSchema.pick({ execution: true, request: true });
const anyone = runSchema.pick({ request: true });
const settled = async () => ({ status: 'ready' }) as const;

/** Never run: the compiler is what is asked. It also reports an expectation that is not met. */
export const refused = [
  step({ input, needs: ['groups.read'], writes: 'settle' }, async ({ groups }) => {
    // @ts-expect-error a method that the step does not declare
    await groups.terminate('i-old', { decrement: true });
    return settled();
  }),
  step({ input, needs: ['groups.read'], writes: 'settle' }, async (ports) => {
    // @ts-expect-error a port of which the step declares nothing
    await ports.instances.read(['i-old']);
    return settled();
  }),
  // @ts-expect-error a method that no port has
  step({ input, needs: ['groups.abolish'], writes: 'settle' }, settled),
  // @ts-expect-error a method that needs no grant
  step({ input, needs: ['clock.now'], writes: 'settle' }, settled),
  // @ts-expect-error a section that the record does not have
  step({ input, needs: [], writes: 'weather' }, settled),
  // @ts-expect-error a section of the other state machine
  step({ input, needs: [], writes: 'pruning' }, async () => ({ removed: [] })),
  // @ts-expect-error an answer that its section does not hold
  step({ input, needs: [], writes: 'settle' }, async () => ({ status: 'settled' })),
  // @ts-expect-error an answer without what other steps read
  step({ input, needs: [], writes: 'launch' }, async () => ({ status: 'ready', instanceId: 'i' })),
  // @ts-expect-error a lock, without reading whose it is
  step({ input: anyone, needs: [], writes: 'settle', underLock: true }, settled),
  // @ts-expect-error an answer of the other state machine
  fleetStep({ input, needs: [], writes: 'plan' }, async () => ({ status: 'leftovers' })),
];

test('a step reads the time and the fleet without declaring it', () => {
  const declared = step({ input, needs: [], writes: 'settle' }, async ({ clock, fleet }) => {
    clock.now();
    await fleet.read();
    return settled();
  });

  expect(declared).toMatchObject({ needs: [], writes: 'settle', underLock: false });
});

test('a step under the lock needs to read who holds it', () => {
  const declared = step(
    { input, needs: ['groups.terminate'], writes: 'settle', underLock: true },
    settled,
  );

  expect(declared.needs).toEqual(['ledger.lockHolder', 'groups.terminate']);
});
