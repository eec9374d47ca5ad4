import { type DueProxy, judgeAge } from '../domain/due.ts';
import { NamedFailure } from '../domain/failures.ts';
import { type Fleet, featuresOf } from '../domain/fleet.ts';
import { type FleetRequest, parseFleetRequest } from '../domain/fleet-request.ts';
import { type FleetRun, fleetRunSchema } from '../domain/fleet-run.ts';
import { nextOpening } from '../domain/windows.ts';
import { ageNeeds, readAges } from '../operations/ages.ts';
import { choiceNeeds, chooseImage } from '../operations/choose-image.ts';
import type { PortsWith } from '../ports/port-methods.ts';
import { fleetStep } from './step.ts';

const input = fleetRunSchema.pick({ execution: true, request: true });

/** `arn:…:execution:<machine>:<name>` belongs to `arn:…:stateMachine:<machine>`. */
const stateMachineOf = (executionArn: string): string =>
  executionArn.replace(':execution:', ':stateMachine:').replace(/:[^:]+$/, '');

/** Another running execution of this fleet that started earlier, if any. */
const findRival = async (
  ports: PortsWith<'executions.running'>,
  execution: { id: string; startedAt: string },
): Promise<string | null> => {
  const startedAt = Date.parse(execution.startedAt);
  const running = await ports.executions.running(stateMachineOf(execution.id));
  const rival = running.find(
    (other) =>
      other.arn !== execution.id &&
      (other.startedAt.getTime() < startedAt ||
        (other.startedAt.getTime() === startedAt && other.arn < execution.id)),
  );
  return rival?.arn ?? null;
};

const isChosen = (verdict: DueProxy, request: FleetRequest): boolean => {
  if (request.proxies.length > 0) return request.proxies.includes(verdict.name);
  return request.force || verdict.due === 'now';
};

/** The canary first, then by the latest start of each. */
const inOrder = (fleet: Fleet, chosen: readonly DueProxy[]): readonly string[] => {
  const urgency = (verdict: DueProxy): number =>
    verdict.name === fleet.cycle.canary
      ? Number.NEGATIVE_INFINITY
      : (verdict.startBy?.getTime() ?? 0);
  return [...chosen].sort((a, b) => urgency(a) - urgency(b)).map(({ name }) => name);
};

const statusOf = (
  request: FleetRequest,
  chosen: number,
  waiting: number,
): FleetRun['plan']['status'] => {
  if (request.dryRun) return 'dry-run';
  if (chosen > 0) return 'go';
  return waiting > 0 ? 'wait' : 'nothing-due';
};

/**
 * Decides which proxies to rebuild, in which order, from which image, and why; changes nothing. When a proxy
 * that is due has a maintenance window before the next sweep, the execution waits for it and plans again.
 */
export const planFleet = fleetStep(
  { input, needs: [...ageNeeds, ...choiceNeeds, 'executions.running'], writes: 'plan' },
  async (ports, { execution, request: asked }) => {
    const fleet = await ports.fleet.read();
    const request = parseFleetRequest(asked, fleet);
    const rival = await findRival(ports, execution);
    if (rival !== null && !request.dryRun && request.reason === 'manual') {
      throw new NamedFailure(
        'FleetRebuildInProgress',
        `${rival} is already rebuilding ${fleet.fleet}`,
      );
    }
    const now = ports.clock.now();
    const ages = await readAges(ports, fleet, now);
    const verdicts = ages.map((age) => judgeAge(fleet.cycle, age, now));
    const chosen = verdicts.filter((verdict) => isChosen(verdict, request));
    const proxies = inOrder(fleet, chosen);
    const waiting = verdicts.filter(({ due }) => due === 'in-window').length;
    const startAt = nextOpening(fleet.cycle, now, 24) ?? now;
    return {
      status:
        rival !== null && !request.dryRun ? 'busy' : statusOf(request, proxies.length, waiting),
      fleet: fleet.fleet,
      reason: request.reason,
      proxies,
      verdicts: verdicts.map((verdict, index) => ({
        ...verdict,
        startBy: verdict.startBy?.toISOString() ?? null,
        proven: ages[index]?.proven,
      })),
      hasCanary: fleet.cycle.canary !== undefined && proxies[0] === fleet.cycle.canary,
      concurrency: fleet.cycle.concurrency,
      startAt: startAt.toISOString(),
      ...(await chooseImage(ports, fleet, request.imageId ?? null)),
      foremanVersion: fleet.image.foremanVersion,
      katelloVersion: fleet.image.katelloVersion,
      features: featuresOf(fleet).join(' '),
    };
  },
);
