import { json, type SimulatedResponse } from './http.ts';

/** Katello up to 4 says `displayMessage`, Katello 5 says `message`. */
export type Mode = '4' | '5';

/** An answer that ends the handling of a request. */
export class Refusal extends Error {
  readonly response: SimulatedResponse;

  constructor(response: SimulatedResponse) {
    super(`answers ${response.status}`);
    this.response = response;
  }
}

export const foremanError = (status: number, error: Readonly<Record<string, unknown>>): Refusal =>
  new Refusal(json(status, { error }));

export const katelloError = (mode: Mode, status: number, text: string): Refusal =>
  new Refusal(
    json(status, { [mode === '4' ? 'displayMessage' : 'message']: text, errors: [text] }),
  );

export const unauthorized = (login: string): Refusal =>
  foremanError(401, { message: `Unable to authenticate user ${login}` });

export const tooManyTries = (): Refusal =>
  foremanError(401, { message: 'Too many tries, please try again in a few minutes.' });

export const forbidden = (permission: string): Refusal =>
  foremanError(403, {
    message: 'Access denied',
    details: `Missing one of the required permissions: ${permission}`,
    missing_permissions: [permission],
  });

export const unsupportedMediaType = (type: string): Refusal =>
  foremanError(415, {
    message:
      `Media type in 'Content-Type: ${type}' is unsupported in API v2 for POST and PUT requests. ` +
      "Please use 'Content-Type: application/json'.",
  });

export const malformedJson = (): Refusal =>
  new Refusal(
    json(400, { status: 400, error: 'There was a problem in the JSON you submitted: no object' }),
  );

export const foremanNotFound = (resource: string, id: string): Refusal =>
  foremanError(404, { message: `Resource ${resource} not found by id '${id}'` });

export const unreachableProxy = (id: number, reason: string): Refusal => {
  const texts = [
    `Unable to communicate with the proxy: ${reason}`,
    'Please check the proxy is configured and running on the host.',
  ];
  return foremanError(422, { id, errors: { base: texts }, full_messages: texts });
};
