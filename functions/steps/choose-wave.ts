import { fleetRunSchema } from '../domain/fleet-run.ts';
import { nextWave } from '../domain/waves.ts';
import { fleetStep } from './step.ts';

const input = fleetRunSchema.pick({ execution: true, plan: true }).extend({
  wave: fleetRunSchema.shape.wave.optional(),
  waveResults: fleetRunSchema.shape.waveResults.optional(),
});

/** Returns the proxies of the next wave, or that all are done, or that one has failed. */
export const chooseWave = fleetStep({ input, needs: [], writes: 'wave' }, async (_ports, run) =>
  nextWave(run),
);
