import { pathAdviceFor } from '../../domain/timed-out-connection.ts';

/** The readable part of an error response; whole HTML pages help nobody. */
const longestText = 400;
/** The text begins within this part of a page. */
const longestPage = 20_000;

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
 * Foreman answers `{ error: { message } }` or `{ error: { full_messages } }`, Katello up to 4.x `{
 * displayMessage, errors }`, Katello 5 `{ message, errors }`, a web server in front of them HTML.
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

const withoutMarkup = (body: string): string =>
  body.slice(0, longestPage).replace(/<[^<>]*>/g, ' ');

/** The beginning of a text, on one line and without control characters. */
export const oneLine = (text: string, longest: number): string => {
  const line = text
    .slice(0, 2 * longestPage)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return (line.length > longest ? `${line.slice(0, longest)}…` : line).toWellFormed();
};

export const errorTextOf = (body: string): string => {
  const json = parsed(body);
  const answer = isObject(json) ? json : {};
  const permissions = missingPermissionsIn(answer);
  const message = messageIn(answer) ?? withoutMarkup(body);
  const whole = permissions === null ? message : `${message} (missing permissions: ${permissions})`;
  const readable = oneLine(whole, longestText);
  return readable === '' ? 'an empty response' : `${readable}${pathAdviceFor(readable)}`;
};
