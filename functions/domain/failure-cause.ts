/** A failure as a person reads it. */
export interface ReadableFailure {
  readonly name: string;
  readonly cause: string;
}

interface Caught {
  readonly Error?: string | undefined;
  readonly Cause?: string | undefined;
}

const parse = (text: string): Record<string, unknown> => {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
};

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** What a CodeBuild build says of the phase that failed. */
const buildProblem = (build: Record<string, unknown>): string | undefined => {
  const build_ = build['Build'] ?? build;
  const phases =
    typeof build_ === 'object' && build_ !== null && 'Phases' in build_ ? build_.Phases : undefined;
  if (!Array.isArray(phases)) return undefined;
  const failed = phases.find((phase: Record<string, unknown>) => phase['PhaseStatus'] === 'FAILED');
  const contexts: unknown = failed?.['Contexts'];
  const [context] = Array.isArray(contexts) ? contexts : [];
  return `${failed?.['PhaseType'] ?? 'the build'}: ${text(context?.['Message']) ?? 'failed'}`;
};

/**
 * Reads what `Catch` hands over. Step Functions wraps: a Lambda's error is JSON with `errorMessage`, a nested
 * execution's is JSON with `Error` and `Cause` of its own, a build's is the build.
 */
export const readFailure = ({
  Error: name = 'Unknown',
  Cause: cause = '',
}: Caught): ReadableFailure => {
  const fields = parse(cause);
  const inner = text(fields['Error']);
  if (inner !== undefined) return readFailure({ Error: inner, Cause: text(fields['Cause']) });
  return { name, cause: text(fields['errorMessage']) ?? buildProblem(fields) ?? cause };
};
