import {
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateVersionsCommand,
  DescribeLaunchTemplateVersionsCommand,
} from '@aws-sdk/client-ec2';
import type { LifeWorld, Trace } from './trace.ts';

/** The candidate version of a rebuild, from its making to its deletion. */
export const templateLife = ({ ec2, templateId, imageId }: LifeWorld, trace: Trace) => {
  const create = (SourceVersion: string, description: string) => async (): Promise<string> => {
    const answer = await ec2.send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateId: templateId,
        SourceVersion,
        VersionDescription: description,
        ClientToken: description,
        LaunchTemplateData: { ImageId: imageId },
      }),
    );
    return `version ${answer.LaunchTemplateVersion?.VersionNumber}`;
  };
  const list = async (): Promise<string> => {
    const input = { LaunchTemplateId: templateId };
    const answer = await ec2.send(new DescribeLaunchTemplateVersionsCommand(input));
    const versions = (answer.LaunchTemplateVersions ?? []).map(
      ({ VersionNumber, VersionDescription = '' }) =>
        `${VersionNumber} ${VersionDescription}`.trim(),
    );
    return `versions ${versions.sort().join(', ')}`;
  };
  const remove = (version: string) => async (): Promise<string> => {
    const input = { LaunchTemplateId: templateId, Versions: [version] };
    const answer = await ec2.send(new DeleteLaunchTemplateVersionsCommand(input));
    const [kept] = answer.UnsuccessfullyDeletedLaunchTemplateVersions ?? [];
    return kept === undefined ? 'deleted' : `kept (${kept.ResponseError?.Code})`;
  };
  return {
    make: async (): Promise<void> => {
      await trace.note('make the candidate version', create('1', 'rebuild one'), list);
      await trace.note('make it again', create('1', 'rebuild one'), list);
      await trace.note('make one from a version that does not exist', create('99', 'other'));
    },
    remove: async (): Promise<void> => {
      await trace.note('delete the candidate version', remove('2'), list);
      await trace.note('delete it again', remove('2'));
      await trace.note('delete the default version', remove('1'));
    },
  };
};
