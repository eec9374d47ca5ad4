import { z } from 'zod';
import { NamedFailure } from '../../domain/failures.ts';

/**
 * What we read of the answers of AWS. Any part may be absent, as in the SDK's types, and the adapters say
 * what that means; but what is there must be of its type, which the SDK promises and does not check.
 */
const text = z.string().optional();
const number = z.number().optional();
const flag = z.boolean().optional();
const instant = z.date().optional();
const some = (shape: z.ZodRawShape) => z.object(shape).optional();
const list = (shape: z.ZodRawShape) => z.array(z.object(shape)).optional();
const texts = z.array(z.string()).optional();

const launchTemplate = () => some({ LaunchTemplateId: text, Version: text });
const templateVersion = { VersionNumber: number, VersionDescription: text };
const execution = {
  executionArn: text,
  name: text,
  status: text,
  startDate: instant,
  stopDate: instant,
};
const parameter = { Name: text, Value: text };

/** Made when an answer is first met: most functions meet few of them, and making all delays each cold start. */
const shapes: Readonly<Record<string, () => z.ZodRawShape>> = {
  DescribeAutoScalingGroups: () => ({
    AutoScalingGroups: list({
      AutoScalingGroupName: text,
      MinSize: number,
      MaxSize: number,
      DesiredCapacity: number,
      LaunchTemplate: launchTemplate(),
      Instances: list({
        InstanceId: text,
        LifecycleState: text,
        HealthStatus: text,
        LaunchTemplate: launchTemplate(),
        ProtectedFromScaleIn: flag,
      }),
      SuspendedProcesses: list({ ProcessName: text }),
      TargetGroupARNs: texts,
    }),
  }),
  DescribeAutoScalingInstances: () => ({ AutoScalingInstances: list({ LifecycleState: text }) }),
  DescribeScalingActivities: () => ({
    Activities: list({
      StartTime: instant,
      StatusCode: text,
      StatusMessage: text,
      Description: text,
    }),
    NextToken: text,
  }),
  DescribeImages: () => ({
    Images: list({
      ImageId: text,
      Architecture: text,
      CreationDate: text,
      State: text,
      Tags: list({ Key: text, Value: text }),
      BlockDeviceMappings: list({ Ebs: some({ SnapshotId: text }) }),
    }),
    NextToken: text,
  }),
  DescribeImageReferences: () => ({ ImageReferences: list({ ImageId: text }), NextToken: text }),
  DeregisterImage: () => ({ DeleteSnapshotResults: list({ ReturnCode: text, SnapshotId: text }) }),
  DescribeInstances: () => ({
    Reservations: list({
      Instances: list({
        InstanceId: text,
        ImageId: text,
        LaunchTime: instant,
        State: some({ Name: text }),
        PrivateIpAddress: text,
        Tags: list({ Key: text, Value: text }),
      }),
    }),
    NextToken: text,
  }),
  DescribeLaunchTemplateVersions: () => ({
    LaunchTemplateVersions: list(templateVersion),
    NextToken: text,
  }),
  CreateLaunchTemplateVersion: () => ({ LaunchTemplateVersion: some(templateVersion) }),
  DeleteLaunchTemplateVersions: () => ({
    UnsuccessfullyDeletedLaunchTemplateVersions: list({
      VersionNumber: number,
      ResponseError: some({ Code: text, Message: text }),
    }),
  }),
  DescribeTargetHealth: () => ({
    TargetHealthDescriptions: list({
      Target: some({ Id: text, Port: number }),
      TargetHealth: some({ State: text, Reason: text }),
    }),
  }),
  ListResourceRecordSets: () => ({
    ResourceRecordSets: list({ Name: text, Type: text, ResourceRecords: list({ Value: text }) }),
  }),
  ChangeResourceRecordSets: () => ({ ChangeInfo: some({ Id: text }) }),
  GetChange: () => ({ ChangeInfo: some({ Status: text }) }),
  DescribeInstanceInformation: () => ({
    InstanceInformationList: list({ InstanceId: text, PingStatus: text }),
  }),
  ListCommandInvocations: () => ({
    CommandInvocations: list({
      CommandId: text,
      DocumentName: text,
      Status: text,
      RequestedDateTime: instant,
    }),
    NextToken: text,
  }),
  GetCommandInvocation: () => ({ StandardOutputContent: text }),
  GetParameter: () => ({ Parameter: some(parameter) }),
  GetParametersByPath: () => ({ Parameters: list(parameter), NextToken: text }),
  ListExecutions: () => ({ executions: list(execution), nextToken: text }),
  DescribeExecution: () => ({
    ...execution,
    stateMachineArn: text,
    input: text,
    output: text,
    error: text,
    cause: text,
  }),
  GetExecutionHistory: () => ({
    events: list({
      timestamp: instant,
      stateEnteredEventDetails: some({ name: text }),
      stateExitedEventDetails: some({ name: text, output: text }),
    }),
    nextToken: text,
  }),
  GetItem: () => ({ Item: z.record(z.string(), z.object({ S: text, N: text })).optional() }),
};

const longestPlace = 200;

const made = new Map<string, z.ZodType>();

const schemaOf = (operation: string): z.ZodType | undefined => {
  if (!made.has(operation) && Object.hasOwn(shapes, operation))
    made.set(operation, z.object(shapes[operation]?.() ?? {}));
  return made.get(operation);
};

/** Throws `UnexpectedAnswer` when something that we read is of another type than the SDK says. */
export const assertShape = (operation: string, resource: string, answer: unknown): void => {
  const issue = schemaOf(operation)?.safeParse(answer).error?.issues[0];
  if (!issue) return;
  const place = issue.path.map(String).join('.').slice(0, longestPlace) || 'the whole';
  throw new NamedFailure(
    'UnexpectedAnswer',
    `${operation} for ${resource} was answered in another shape than expected: ${place}: ${issue.message}`,
  );
};
