/** What a person reads of an answer that is an error; whole HTML pages are of no use to anyone. */
const longestText = 400;

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value : null;

const joined = (value: unknown): string | null =>
  Array.isArray(value) ? text(value.filter((item) => typeof item === 'string').join('; ')) : null;

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};

/**
 * Foreman answers `{ error: { message } }` or `{ error: { full_messages } }`, Katello up to 4.x
 * `{ displayMessage, errors }`, Katello 5 `{ message, errors }`, a web server in front of them HTML.
 */
const messageIn = (answer: Json): string | null => {
  const error = isObject(answer['error']) ? answer['error'] : {};
  return (
    text(error['message']) ??
    text(answer['displayMessage']) ??
    text(answer['message']) ??
    joined(answer['errors']) ??
    joined(error['full_messages']) ??
    text(answer['error'])
  );
};

const missingPermissionsIn = (answer: Json): string | null => {
  const error = isObject(answer['error']) ? answer['error'] : {};
  return joined(error['missing_permissions']);
};

const withoutMarkup = (body: string): string => body.replace(/<[^>]*>/g, ' ');

export const errorTextOf = (body: string): string => {
  const json = parsed(body);
  const answer = isObject(json) ? json : {};
  const permissions = missingPermissionsIn(answer);
  const message = messageIn(answer) ?? withoutMarkup(body);
  const whole = permissions === null ? message : `${message} (missing permissions: ${permissions})`;
  const line = whole.replace(/\s+/g, ' ').trim();
  if (line === '') return 'an empty answer';
  return line.length > longestText ? `${line.slice(0, longestText)}…` : line;
};
