/** A failure in the form that people read. */
export interface ReadableFailure {
  readonly name: string;
  readonly cause: string;
}

interface Caught {
  readonly Error?: string | undefined;
  readonly Cause?: string | undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const parse = (text: string): Record<string, unknown> => {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
};

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The failed phase of a CodeBuild build; a phase that has not run has no status. */
const buildProblem = (cause: Record<string, unknown>): string | undefined => {
  const { Phases: phases } = isObject(cause['Build']) ? cause['Build'] : cause;
  if (!Array.isArray(phases)) return undefined;
  const failed = phases
    .filter(isObject)
    .find(({ PhaseStatus: status }) => text(status) !== undefined && status !== 'SUCCEEDED');
  const contexts = failed?.['Contexts'];
  const [context] = Array.isArray(contexts) ? contexts.filter(isObject) : [];
  const met = text(context?.['Message']) ?? text(failed?.['PhaseStatus'])?.toLowerCase();
  return `${text(failed?.['PhaseType']) ?? 'the build'}: ${met ?? 'failed'}`;
};

/** A nested execution that was stopped or timed out has no error of its own. */
const endOf = ({ Name: name, Status: status }: Record<string, unknown>): string | undefined =>
  text(name) === undefined || text(status) === undefined ? undefined : `${name} ended as ${status}`;

/**
 * Reads what `Catch` passes on. Step Functions wraps causes in JSON: that of a Lambda function has
 * `errorMessage`, that of a nested execution its own `Error` and `Cause`, that of a build is the build.
 */
export const readFailure = ({
  Error: name = 'Unknown',
  Cause: cause = '',
}: Caught): ReadableFailure => {
  const fields = parse(cause);
  const inner = text(fields['Error']);
  if (inner !== undefined) return readFailure({ Error: inner, Cause: text(fields['Cause']) });
  const readable = text(fields['errorMessage']) ?? buildProblem(fields) ?? endOf(fields);
  return { name, cause: readable ?? cause };
};
