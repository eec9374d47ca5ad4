import type { TargetInput } from '../../deployment/event-rules.ts';
import type { Json } from '../engine/state-event.ts';
import type { AwsEvent } from './aws-events.ts';

/** In dot notation, the only one that the rules use. */
const valueAt = (event: AwsEvent, path: string): unknown => {
  if (!/^\$(\.[\w-]+)+$/.test(path)) throw new Error(`the sandbox does not know the path ${path}`);
  return path
    .split('.')
    .slice(1)
    .reduce<unknown>(
      (value, name) =>
        value === null || typeof value !== 'object' ? undefined : Reflect.get(value, name),
      event,
    );
};

/** Whether this place of the template is within a JSON string. */
const isQuoted = (before: string): boolean =>
  before.replace(/\\./g, '').split('"').length % 2 === 0;

/**
 * What EventBridge makes of an event for a target: a placeholder that is a value of its own becomes JSON, with quotes
 * around text; within a string it becomes the bare text. Nothing in a value is escaped, so that one with quotes
 * gives no JSON. A value that the event does not have is "not created and won't appear in the output", from which
 * nothing can be concluded, so here it is an error.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export const renderInput = (input: TargetInput, event: AwsEvent): string => {
  if ('constant' in input) return input.constant;
  const { paths, template } = input;
  return template.replace(/<([\w-]+)>/g, (_, name: string, at: number) => {
    const path = paths[name];
    if (path === undefined) throw new Error(`the template names <${name}>, which has no path`);
    const value = valueAt(event, path);
    if (value === undefined)
      throw new Error(`an event without ${path} reached a rule that takes it`);
    if (typeof value !== 'string') return JSON.stringify(value);
    return isQuoted(template.slice(0, at)) ? value : `"${value}"`;
  });
};

/** As a state machine takes it; throws when it is not JSON, which would make the event a dead letter. */
export const renderJson = (input: TargetInput, event: AwsEvent): Json => {
  const text = renderInput(input, event);
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new Error(`EventBridge cannot start an execution with ${text}: it is not JSON`);
  }
};
