import { runSchema } from '../domain/run.ts';
import { findProxy } from '../operations/scene.ts';
import { controlNameTtlSeconds } from '../ports/dns.ts';
import { step } from './step.ts';

const input = runSchema
  .pick({ request: true, launch: true })
  .extend({ control: runSchema.shape.control.optional() });

/**
 * Points the control name at the replacement, so that Katello talks to it alone, and waits until Route 53
 * says that every server answers so. A proxy with one name has no such record.
 */
export const pointControlName = step(input, async (ports, { request, launch, control }) => {
  const { fleet, proxy } = await findProxy(ports, request.proxy);
  const address = launch.privateIp;
  if (proxy.controlName === undefined) return { status: 'ready', changeId: null, address: null };
  const { id } = fleet.network.hostedZone;
  const isWritten = (await ports.dns.readAddress(id, proxy.controlName)) === address;
  const changeId = isWritten ? (control?.changeId ?? null) : null;
  if (changeId !== null && (await ports.dns.isInSync(changeId))) {
    return { status: 'ready', changeId, address };
  }
  const pending = changeId ?? (await ports.dns.writeAddress(id, proxy.controlName, address));
  return { status: 'waiting', waitSeconds: controlNameTtlSeconds, changeId: pending, address };
});
