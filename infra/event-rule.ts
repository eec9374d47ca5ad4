import type { CfnRule } from 'aws-cdk-lib/aws-events';
import type { EventRule } from '../deployment/event-rules.ts';

/** The input of a target, as CloudFormation takes it. */
export const targetInput = ({
  input,
}: EventRule): Pick<CfnRule.TargetProperty, 'input' | 'inputTransformer'> =>
  'constant' in input
    ? { input: input.constant }
    : { inputTransformer: { inputPathsMap: input.paths, inputTemplate: input.template } };
