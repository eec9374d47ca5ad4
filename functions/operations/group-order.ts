import { candidatePrefix } from '../domain/derived-id.ts';
import type { Group } from '../domain/group.ts';
import type { RestorePoint } from '../domain/record.ts';
import type { PortsFor, PortsWith } from '../ports/port-methods.ts';

/** Points the group back at the version that CloudFormation owns, so that new launches use a proven image. */
export const pointTemplateBack = async (
  ports: PortsWith<'groups.change'>,
  group: Group,
  point: RestorePoint,
): Promise<void> => {
  if (group.launchTemplate.version === point.launchTemplate.version) return;
  await ports.groups.change(group, { launchTemplateVersion: point.launchTemplate.version });
};

const sameSizes = (group: Group, point: RestorePoint): boolean =>
  group.sizes.min === point.sizes.min &&
  group.sizes.max === point.sizes.max &&
  group.sizes.desired === point.sizes.desired;

const deletionNeeds = ['launchTemplates.deleteVersions', 'launchTemplates.findCandidates'] as const;

export const orderNeeds = [
  ...deletionNeeds,
  'groups.change',
  'groups.protect',
  'groups.resume',
] as const;

/** The instance that stays, and how it is left. */
export interface Survivor {
  readonly id: string | null;
  readonly isProtected: boolean;
}

/**
 * Restores sizes, processes and the launch template from the restore point, leaves the survivor protected from
 * scale-in or not, and deletes the candidate versions. Changes nothing that is already correct.
 */
export const putGroupInOrder = async (
  ports: PortsFor<typeof orderNeeds>,
  group: Group,
  point: RestorePoint,
  { id, isProtected }: Survivor,
): Promise<void> => {
  await pointTemplateBack(ports, group, point);
  if (!sameSizes(group, point)) await ports.groups.change(group, { sizes: point.sizes });
  const resume = point.suspends.filter((process) => group.suspendedProcesses.includes(process));
  if (resume.length > 0) await ports.groups.resume(group.name, resume);
  const survivor = group.instances.find((instance) => instance.id === id);
  if (survivor !== undefined && survivor.protectedFromScaleIn !== isProtected)
    await ports.groups.protect(group.name, survivor.id, isProtected);
  await deleteCandidates(ports, point.launchTemplate.id);
};

const deleteCandidates = async (
  ports: PortsFor<typeof deletionNeeds>,
  templateId: string,
): Promise<void> => {
  const candidates = await ports.launchTemplates.findCandidates(templateId, candidatePrefix);
  if (candidates.length === 0) return;
  await ports.launchTemplates.deleteVersions(
    templateId,
    candidates.map(({ version }) => version),
  );
};
