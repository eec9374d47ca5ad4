import { Code } from 'aws-cdk-lib/aws-lambda';
import type { StepName } from '../../functions/steps/register.ts';

/** A function's code by the name of its bundle. */
export type BundleName = StepName | 'bootstrapResources' | 'healthMetrics';

/** Where the code of functions comes from: built bundles, or nothing at all in tests of the templates. */
export interface CodeSource {
  readonly codeOf: (name: BundleName) => Code;
}

/** For looking at templates: nothing is built. */
export const noCode: CodeSource = { codeOf: (name) => Code.fromInline(`// ${name}`) };
