import { type Run, runSchema } from '../domain/run.ts';
import { notYetWaited, ready, waiting } from '../domain/waiting.ts';
import { keepHookOpen } from '../operations/launch-hook.ts';
import { controlNameTtlSeconds } from '../ports/dns.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({ execution: true, request: true, launch: true, phases: true })
  .extend({ control: runSchema.shape.control.optional() });

/** Since it was in sync, the TTL of what resolvers had cached before has passed. */
const isAged = (control: Run['control'] | undefined): boolean =>
  control !== undefined && (control.status === 'ready' || control.inSync);

/**
 * Points the control name at the replacement, so that Katello only talks to it. Waits until Route 53 reports the change
 * on every server, and then for its TTL: the fence shows what the resolver of the functions answers, and Katello asks
 * another one, which may have cached the old address. A proxy with one name has no such record.
 */
export const pointControlName = step(
  {
    input,
    needs: ['dns.isInSync', 'dns.readAddress', 'dns.writeAddress', 'groups.heartbeat'],
    writes: 'control',
    underLock: true,
  },
  async (ports, { request, launch, phases, control }) => {
    const { fleet, proxy } = await keepHookOpen(ports, { request, launch, phases });
    const address = launch.privateIp;
    if (proxy.controlName === undefined) return ready({ changeId: null, address: null });
    const { id } = fleet.network.hostedZone;
    const isWritten = (await ports.dns.readAddress(id, proxy.controlName)) === address;
    const known = isWritten ? (control?.changeId ?? null) : null;
    if (known !== null && (await ports.dns.isInSync(known))) {
      if (isAged(control)) return ready({ changeId: known, address });
      const cached = `resolvers may answer ${proxy.controlName} from their caches`;
      const { waitedSeconds } = { waitedSeconds: 0, ...control };
      const aging = { changeId: known, address, waitedSeconds, inSync: true };
      return { ...waiting(controlNameTtlSeconds, cached), ...aging };
    }
    const words = `Route 53 does not answer ${proxy.controlName} with ${address} on every server yet`;
    const answer = notYetWaited(control, 'control', words);
    const changeId = known ?? (await ports.dns.writeAddress(id, proxy.controlName, address));
    return { ...answer, changeId, address, inSync: false };
  },
);
