import { z } from 'zod';
import { sized } from '../../../domain/sized.ts';
import { type ForemanTask, taskResults, taskStates } from '../../../domain/task.ts';
import { instant, record } from './lenient.ts';

/** Task errors quote upstream URLs, which can contain a login. */
const withoutLogins = (text: string): string => text.replace(/\/\/[^/\s@]+@/g, '//');

const errorTexts = z
  .unknown()
  .optional()
  .transform((humanized) => record.safeParse(humanized).data?.['errors'])
  .transform((errors) => (Array.isArray(errors) ? errors : []))
  .transform((errors) => errors.filter((error) => typeof error === 'string').map(withoutLogins));

const progress = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'number' ? Math.min(1, Math.max(0, value)) : 0));

/** A task as Foreman shows it, with the inputs that identify the controller's own tasks. */
export interface WireTask {
  readonly task: ForemanTask;
  readonly label: string;
  readonly username: string | null;
  readonly capsuleId: number | null;
  readonly isComplete: boolean;
  readonly isRestricted: boolean;
}

export const taskSchema = z
  .object({
    // It travels through executions, whose records are limited; Foreman's ids are UUIDs.
    id: z.string().min(1, sized()).max(255, sized()),
    label: z.string().nullish(),
    username: z.string().nullish(),
    state: z.enum(taskStates),
    result: z.string().nullish(),
    progress,
    started_at: instant,
    ended_at: instant,
    input: z
      .unknown()
      .optional()
      .transform((input) => record.safeParse(input).data ?? {}),
    humanized: errorTexts,
  })
  .transform(
    (wire): WireTask => ({
      task: {
        id: wire.id,
        state: wire.state,
        result: resultOf(wire.state, wire.result),
        progress: wire.progress,
        startedAt: wire.started_at,
        endedAt: wire.ended_at,
        errors: wire.humanized,
        requestId: textOf(wire.input['current_request_id']),
      },
      label: wire.label ?? '',
      username: wire.username ?? null,
      ...purposeOf(wire.input),
    }),
  );

/** Foreman shows `N/A` for a plan that it cannot read; a task that ended this way has not succeeded. */
const resultOf = (state: string, result: string | null | undefined): ForemanTask['result'] => {
  const known = taskResults.find((name) => name === result);
  return known ?? (state === 'stopped' || state === 'paused' ? 'error' : 'pending');
};

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Some releases return an id as a string. */
const idOf = (value: unknown): number | null => {
  const isWritten = typeof value === 'number' || (typeof value === 'string' && value !== '');
  const id = isWritten ? Number(value) : Number.NaN;
  return Number.isInteger(id) ? id : null;
};

const purposeOf = (input: Record<string, unknown>) => {
  const options = record.safeParse(input['options']).data ?? {};
  const proxy = record.safeParse(input['smart_proxy']).data ?? {};
  const restrictions = ['environment_id', 'content_view_id', 'repository_id'];
  return {
    capsuleId: idOf(input['smart_proxy_id'] ?? proxy['id']),
    isComplete: options['skip_metadata_check'] === true,
    isRestricted: restrictions.some((name) => (options[name] ?? null) !== null),
  };
};

/** A search over links may return a task twice. */
const uniqueTasks = (tasks: readonly WireTask[]): readonly WireTask[] => [
  ...new Map(tasks.map((wire) => [wire.task.id, wire] as const)).values(),
];

export const taskListSchema = z
  .object({ results: z.array(taskSchema) })
  .transform(({ results }) => uniqueTasks(results));

export const taskCountSchema = z.object({ subtotal: z.int().min(0) });
/** How many tasks a search found, of which only a page is listed. */
export const foundTasksSchema = z
  .object({ subtotal: z.int().min(0), results: z.array(z.unknown()) })
  .transform(({ subtotal, results }) => Math.max(subtotal, results.length));
