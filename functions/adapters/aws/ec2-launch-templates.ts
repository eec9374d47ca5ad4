import { createHash } from 'node:crypto';
import {
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateVersionsCommand,
  DescribeLaunchTemplateVersionsCommand,
  type LaunchTemplateVersion,
} from '@aws-sdk/client-ec2';
import { NamedFailure } from '../../domain/failures.ts';
import type { LaunchTemplatePort, TemplateVersion } from '../../ports/launch-templates.ts';
import type { Ec2Client } from './clients.ts';
import { callAws, callAwsUnless, isGone, isGoneTemplateVersion } from './errors.ts';
import { allPages, inBatches } from './pages.ts';

/** Maximum number of versions in one DeleteLaunchTemplateVersions call. */
const deletionsMax = 200;

export const ec2LaunchTemplates = (client: Ec2Client): LaunchTemplatePort => {
  const list = (templateId: string): Promise<readonly TemplateVersion[]> =>
    allPages(`The list of versions of ${templateId}`, async (NextToken) => {
      const input = { LaunchTemplateId: templateId, NextToken };
      // A deployment during a rebuild may have replaced the template.
      const answer = await callAwsUnless(
        'DescribeLaunchTemplateVersions',
        templateId,
        () => client.send(new DescribeLaunchTemplateVersionsCommand(input)),
        (error) => isGone(error, 'launchTemplate'),
        { LaunchTemplateVersions: [], NextToken: undefined },
      );
      const elements = (answer.LaunchTemplateVersions ?? []).map((version) =>
        asVersion(templateId, version),
      );
      return { elements, next: answer.NextToken };
    });

  return {
    ensureCandidate: async (templateId, { sourceVersion, imageId, description }) => {
      const versions = await list(templateId);
      const made = versions.find((version) => version.description === description);
      if (made !== undefined) return made;
      const input = {
        LaunchTemplateId: templateId,
        SourceVersion: sourceVersion,
        VersionDescription: description,
        // The list above may be stale; the token makes a repeated call idempotent.
        ClientToken: createHash('sha256').update(description).digest('hex'),
        LaunchTemplateData: { ImageId: imageId },
      };
      const answer = await callAws('CreateLaunchTemplateVersion', templateId, () =>
        client.send(new CreateLaunchTemplateVersionCommand(input)),
      );
      return asVersion(templateId, answer.LaunchTemplateVersion ?? {});
    },
    findCandidates: async (templateId, prefix) => {
      const versions = await list(templateId);
      return versions.filter(({ description }) => description.startsWith(prefix));
    },
    deleteVersions: async (templateId, versions) => {
      for (const batch of inBatches(versions, deletionsMax)) {
        const input = { LaunchTemplateId: templateId, Versions: [...batch] };
        const answer = await callAws('DeleteLaunchTemplateVersions', templateId, () =>
          client.send(new DeleteLaunchTemplateVersionsCommand(input)),
        );
        const kept = (answer.UnsuccessfullyDeletedLaunchTemplateVersions ?? []).find(
          ({ ResponseError }) => !isGoneTemplateVersion(ResponseError?.Code),
        );
        if (kept !== undefined) throw notDeleted(templateId, kept);
      }
    },
  };
};

const asVersion = (templateId: string, answer: LaunchTemplateVersion): TemplateVersion => {
  if (answer.VersionNumber === undefined) {
    throw new NamedFailure(
      'UnexpectedAnswer',
      `EC2 returned a version of the launch template ${templateId} without its number`,
    );
  }
  return { version: String(answer.VersionNumber), description: answer.VersionDescription ?? '' };
};

const notDeleted = (
  templateId: string,
  kept: {
    VersionNumber?: number | undefined;
    ResponseError?: { Message?: string | undefined } | undefined;
  },
): NamedFailure =>
  new NamedFailure(
    'AwsRefused',
    `DeleteLaunchTemplateVersions for ${templateId} did not delete version ${kept.VersionNumber} ` +
      `(${kept.ResponseError?.Message ?? 'no reason given'})`,
  );
