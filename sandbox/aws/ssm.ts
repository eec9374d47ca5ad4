import type {
  DeleteParameterCommandInput,
  DeleteParameterCommandOutput,
  DescribeInstanceInformationCommandInput,
  DescribeInstanceInformationCommandOutput,
  GetCommandInvocationCommandInput,
  GetCommandInvocationCommandOutput,
  GetParameterCommandInput,
  GetParameterCommandOutput,
  GetParametersByPathCommandInput,
  GetParametersByPathCommandOutput,
  GetParametersCommandInput,
  GetParametersCommandOutput,
  ListCommandInvocationsCommandInput,
  ListCommandInvocationsCommandOutput,
  PutParameterCommandInput,
  PutParameterCommandOutput,
  SendCommandCommandInput,
  SendCommandCommandOutput,
} from '@aws-sdk/client-ssm';
import { AwsError } from './aws-error.ts';
import { pageOf } from './paging.ts';
import type { Parameters, StoredParameter } from './parameters.ts';
import type { RunCommand } from './run-command.ts';
import type { Answer, Handlers } from './simulated-service.ts';

/** The most that GetParametersByPath gives in one page, and GetParameters takes. */
const parametersPerPage = 10;

/** The commands of Systems Manager. */
export const ssm = (parameters: Parameters, runCommand: RunCommand): Handlers => ({
  GetParameterCommand: (input: GetParameterCommandInput): Answer<GetParameterCommandOutput> => {
    const parameter = parameters.get(input.Name ?? '');
    if (parameter === undefined) throw new AwsError('ParameterNotFound', '');
    return { Parameter: asParameter(parameter, input.WithDecryption) };
  },
  GetParametersCommand: (input: GetParametersCommandInput): Answer<GetParametersCommandOutput> => {
    const names = input.Names ?? [];
    if (names.length > parametersPerPage)
      throw new AwsError('ValidationException', 'Member must have length less than or equal to 10');
    const found = names.flatMap((name) => parameters.get(name) ?? []);
    const unknown = names.filter((name) => parameters.get(name) === undefined);
    return {
      Parameters: found.map((parameter) => asParameter(parameter, input.WithDecryption)),
      ...(unknown.length > 0 && { InvalidParameters: unknown }),
    };
  },
  GetParametersByPathCommand: (
    input: GetParametersByPathCommandInput,
  ): Answer<GetParametersByPathCommandOutput> => {
    const found = parameters.below(input.Path ?? '/', input.Recursive ?? false);
    const size = Math.min(input.MaxResults ?? parametersPerPage, parametersPerPage);
    const { page, next } = pageOf(found, input.NextToken, size);
    return {
      Parameters: page.map((parameter) => asParameter(parameter, input.WithDecryption)),
      NextToken: next,
    };
  },
  PutParameterCommand: (input: PutParameterCommandInput): Answer<PutParameterCommandOutput> => {
    const { Name: name = '', Value: value = '' } = input;
    const present = parameters.get(name);
    if (present !== undefined && input.Overwrite !== true) {
      throw new AwsError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    if (input.DataType === 'aws:ec2:image' && !/^ami-[0-9a-f]+$/.test(value)) {
      // Systems Manager looks at an image only after it has answered, and then keeps what there was.
      return { Version: (present?.version ?? 0) + 1 };
    }
    const type = input.Type === 'SecureString' ? 'SecureString' : (present?.type ?? 'String');
    return { Version: parameters.put(name, value, type).version };
  },
  DeleteParameterCommand: (
    input: DeleteParameterCommandInput,
  ): Answer<DeleteParameterCommandOutput> => {
    if (!parameters.delete(input.Name ?? '')) throw new AwsError('ParameterNotFound', '');
    return {};
  },
  DescribeInstanceInformationCommand: (
    input: DescribeInstanceInformationCommandInput,
  ): Answer<DescribeInstanceInformationCommandOutput> => {
    const asked = input.Filters?.find(({ Key }) => Key === 'InstanceIds')?.Values ?? [];
    return {
      InstanceInformationList: asked
        .filter((id) => runCommand.isOnline(id))
        .map((InstanceId) => ({ InstanceId, PingStatus: 'Online' as const })),
    };
  },
  SendCommandCommand: (input: SendCommandCommandInput): Answer<SendCommandCommandOutput> => {
    const [invocation] = (input.InstanceIds ?? []).map((id) =>
      runCommand.send(id, input.DocumentName ?? '', input.Parameters ?? {}),
    );
    return { Command: { CommandId: invocation?.commandId } };
  },
  ListCommandInvocationsCommand: (
    input: ListCommandInvocationsCommandInput,
  ): Answer<ListCommandInvocationsCommandOutput> => {
    const found = runCommand.list(input.InstanceId ?? '');
    const { page, next } = pageOf(found, input.NextToken, input.MaxResults ?? 50);
    return {
      CommandInvocations: page.map((invocation) => ({
        CommandId: invocation.commandId,
        InstanceId: invocation.instanceId,
        DocumentName: invocation.documentName,
        RequestedDateTime: new Date(invocation.requestedAt),
        Status: invocation.status,
      })),
      NextToken: next,
    };
  },
  GetCommandInvocationCommand: (
    input: GetCommandInvocationCommandInput,
  ): Answer<GetCommandInvocationCommandOutput> => {
    const invocation = runCommand.get(input.CommandId ?? '', input.InstanceId ?? '');
    return {
      CommandId: invocation.commandId,
      InstanceId: invocation.instanceId,
      Status: invocation.status,
      StandardOutputContent: invocation.output,
      ...(invocation.status === 'Failed' && { ResponseCode: 1 }),
    };
  },
});

const asParameter = (parameter: StoredParameter, withDecryption: boolean | undefined) => ({
  Name: parameter.name,
  Type: parameter.type,
  Version: parameter.version,
  LastModifiedDate: new Date(parameter.modifiedAt),
  Value:
    parameter.type === 'SecureString' && withDecryption !== true
      ? 'AQICAHh/ciphertext'
      : parameter.value,
});
