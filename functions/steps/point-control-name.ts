import { runSchema } from '../domain/run.ts';
import { notYetWaited, ready } from '../domain/waiting.ts';
import { keepHookOpen } from '../operations/launch-hook.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({ execution: true, request: true, launch: true, phases: true })
  .extend({ control: runSchema.shape.control.optional() });

/**
 * Points the control name at the replacement, so that Katello only talks to it, and waits until Route 53
 * reports the change on every server. A proxy with one name has no such record.
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
    if (known !== null && (await ports.dns.isInSync(known)))
      return ready({ changeId: known, address });
    const words = `Route 53 does not answer ${proxy.controlName} with ${address} on every server yet`;
    const answer = notYetWaited(control, 'control', words);
    const changeId = known ?? (await ports.dns.writeAddress(id, proxy.controlName, address));
    return { ...answer, changeId, address };
  },
);
