import { AwsError } from './aws-error.ts';

const longest = 80;

/** "A name must not contain" these, says StartExecution; its model has the length alone. */
const refusedCharacters = /[\s\p{Cc}<>{}[\]?*"#%\\^|~`$&,;:/]/u;

/** Whoever starts an execution: over the API, in another one, or by a rule. */
export const assertExecutionName = (name: string): void => {
  const isFit = name.length > 0 && name.length <= longest && !refusedCharacters.test(name);
  if (!isFit) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
};

export const executionExists = (arn: string): AwsError =>
  new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
