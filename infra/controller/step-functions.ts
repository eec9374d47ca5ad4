import { Construct } from 'constructs';
import { permissionsOfStep } from '../../deployment/permissions/functions.ts';
import { reservedConcurrencyOf } from '../../deployment/reserved-concurrency.ts';
import { talksToKatello } from '../../functions/steps/katello-network.ts';
import { type StepName, steps } from '../../functions/steps/register.ts';
import { functionTimeoutSecondsOf } from '../../statemachine/readers/tasks.ts';
import type { CodeSource } from '../bundling/code.ts';
import { ControllerFunction, type FunctionNetwork } from '../functions.ts';
import { allow } from '../permission.ts';
import type { Settings } from '../settings.ts';
import { type ControllerParts, functionEnvironment, grantContextOf } from './controller-parts.ts';

export interface StepFunctionsProps {
  readonly settings: Settings;
  readonly code: CodeSource;
  readonly parts: ControllerParts;
  readonly network: FunctionNetwork;
}

/** One function for each step, with what its step needs and nothing else. */
export class StepFunctions extends Construct {
  readonly byStep: Readonly<Record<StepName, ControllerFunction>>;

  constructor(scope: Construct, id: string, props: StepFunctionsProps) {
    super(scope, id);
    const names = Object.keys(steps) as StepName[];
    const made = names.map((name) => [name, this.#function(name, props)] as const);
    this.byStep = Object.fromEntries(made) as Record<StepName, ControllerFunction>;
  }

  #function(step: StepName, props: StepFunctionsProps): ControllerFunction {
    const { settings, parts } = props;
    const fn = new ControllerFunction(this, constructIdOf(step), {
      code: props.code.codeOf(step),
      description: `Smart Proxy controller of ${settings.fleet.fleet}: ${step}`,
      timeoutSeconds: functionTimeoutSecondsOf(step),
      logRetentionDays: settings.logRetentionDays,
      network: talksToKatello(step) ? props.network : undefined,
      reservedConcurrency: reservedConcurrencyOf(step, settings.fleet),
      environment: functionEnvironment(parts),
    });
    allow(fn.role, ...permissionsOfStep(step, grantContextOf(parts)));
    return fn;
  }
}

const constructIdOf = (step: StepName): string => step.charAt(0).toUpperCase() + step.slice(1);
