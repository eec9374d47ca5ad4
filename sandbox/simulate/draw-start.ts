import type { Fleet } from '../../functions/domain/fleet.ts';
import type { Random } from '../kernel/random.ts';
import type { Simulation } from '../run/simulation.ts';
import { pick } from './draw.ts';

/** How a run begins. */
export type Start = (simulation: Simulation) => void;

const starts: readonly ((random: Random, fleet: Fleet) => Start)[] = [
  // As the schedule does, with every proxy due.
  () => (simulation) => {
    simulation.start('rebuild-fleet', 'first', { reason: 'scheduled', force: true });
  },
  // As a person does, for some of the proxies.
  (random, { proxies }) => {
    const asked = proxies.map(({ name }) => name).filter(() => random.next() < 0.6);
    return (simulation) => {
      simulation.start('rebuild-fleet', 'first', { proxies: asked, force: true });
    };
  },
  // Two starts, the second while the first runs.
  (random) => {
    const afterSeconds = random.between(0, 3 * 3600);
    return (simulation) => {
      simulation.start('rebuild-fleet', 'first', { reason: 'scheduled', force: true });
      simulation.kernel.after(afterSeconds, () => {
        simulation.start('rebuild-fleet', 'second', { force: true });
      });
    };
  },
  // An instance dies, and Auto Scaling's launch starts a heal.
  (random, { proxies }) => {
    const { name } = pick(random, proxies);
    return (simulation) => simulation.disturb({ fault: 'instance-dies', proxy: name });
  },
];

export const drawStart = (random: Random, fleet: Fleet): Start =>
  pick(random, [starts[0], starts[0], ...starts])?.(random, fleet) ?? (() => undefined);
