/** A request as it arrives, whichever way it came in. Header names are in lower case. */
export interface SimulatedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long the client waits for an answer. */
  readonly timeoutMs?: number;
}

/** Tells a server of the sandbox how long a client waits, which real servers never learn. */
export const timeoutHeader = 'x-simulated-timeout-ms';

export interface SimulatedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What happens to a connection instead of an answer. */
export type NoAnswer = 'refused' | 'lost';

export type Outcome = SimulatedResponse | NoAnswer;

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8', foreman_api_version: '2' };

export const json = (status: number, body: unknown): SimulatedResponse => ({
  status,
  headers: jsonHeaders,
  body: JSON.stringify(body),
});

export const text = (status: number, body: string): SimulatedResponse => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body,
});

/** What the web server in front of Katello answers while there is no backend. */
export const htmlPage = (status: number, title: string): SimulatedResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=iso-8859-1' },
  body: `<!DOCTYPE html><html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`,
});

/** `path` and `query` of a request target such as `/a/b?c=d`. */
export const splitTarget = (target: string): { path: string; query: URLSearchParams } => {
  const [path = '/', query = ''] = target.split('?', 2);
  return { path, query: new URLSearchParams(query) };
};
