import { NamedFailure } from '../domain/failures.ts';
import { runSchema } from '../domain/run.ts';
import { keepHookOpen } from '../operations/launch-hook.ts';
import { controlNameTtlSeconds } from '../ports/dns.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({ execution: true, request: true, launch: true })
  .extend({ control: runSchema.shape.control.optional() });

/** Route 53 takes a minute, seldom more. */
const triesMax = 30;

/**
 * Points the control name at the replacement, so that Katello talks to it alone, and waits until Route 53
 * says that every server answers so. A proxy with one name has no such record.
 */
export const pointControlName = step(
  {
    input,
    needs: ['dns.isInSync', 'dns.readAddress', 'dns.writeAddress', 'groups.heartbeat'],
    writes: 'control',
    underLock: true,
  },
  async (ports, { request, launch, control }) => {
    const { fleet, proxy } = await keepHookOpen(ports, { request, launch });
    const address = launch.privateIp;
    if (proxy.controlName === undefined)
      return { status: 'ready', changeId: null, address: null, tries: 0 };
    const { id } = fleet.network.hostedZone;
    const isWritten = (await ports.dns.readAddress(id, proxy.controlName)) === address;
    const tries = (control?.tries ?? 0) + 1;
    if (tries > triesMax) {
      throw new NamedFailure(
        'ControlNameNotMoved',
        `Route 53 has not made ${proxy.controlName} lead to ${address} within ${(triesMax * controlNameTtlSeconds) / 60} minutes`,
      );
    }
    const changeId = isWritten ? (control?.changeId ?? null) : null;
    if (changeId !== null && (await ports.dns.isInSync(changeId))) {
      return { status: 'ready', changeId, address, tries: 0 };
    }
    const pending = changeId ?? (await ports.dns.writeAddress(id, proxy.controlName, address));
    return {
      status: 'waiting',
      waitSeconds: controlNameTtlSeconds,
      changeId: pending,
      address,
      tries,
    };
  },
);
