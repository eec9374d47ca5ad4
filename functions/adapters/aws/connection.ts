import type { HttpHandlerExtensionConfiguration } from '@smithy/core/protocols';

/** Attempts of the SDK at one call of a function. Its own default can differ by service. */
export const attemptsMax = 3;

/**
 * By default the SDK has no time-outs: if packets are dropped, the function hangs until Lambda kills it, and the
 * call that hung is unknown. With these, all attempts of a call end within the time of any function.
 * Options: https://github.com/smithy-lang/smithy-typescript/tree/main/packages/node-http-handler
 */
export const requestHandler = {
  connectionTimeout: 3_000,
  /** From the start of the request to the head of the response. */
  requestTimeout: 8_000,
  /** Without it the handler only warns. */
  throwOnRequestTimeout: true,
  /** Of a connection without traffic, such as a response that stops half-way. */
  socketTimeout: 8_000,
} as const;

interface ConnectionError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
}

/** Name and code tell the SDK and `nameError` that it is transient. */
const withHost = ({ name, message, code }: ConnectionError, host: string): Error =>
  Object.assign(new Error(`${host}: ${message}`), { name, ...(code && { code }) });

/** The handler's errors do not say which host did not accept the connection or did not answer. */
const namesHost = {
  configure: (client: HttpHandlerExtensionConfiguration): void => {
    const handler = client.httpHandler();
    const handle = handler.handle.bind(handler);
    handler.handle = (request, options) =>
      handle(request, options).catch((error: ConnectionError) => {
        throw withHost(error, request.hostname);
      });
  },
};

/** What every client of AWS is made with. */
export const connection = { requestHandler, extensions: [namesHost] };
