import { type Dispatcher, request } from 'undici';
import type { MarkerAnswer, MarkerPort } from '../../ports/marker.ts';
import { describeConnectionError } from './connection-error.ts';
import { RefusedCertificate } from './refused-certificate.ts';

const markerPath = '/pub/instance-id';
const instanceIdPattern = /^i-[0-9a-f]{8,17}$/;
const timeoutMs = 10_000;
/** An instance id has at most 19 characters; anything longer is an error page. */
const longestMarker = 64;

/** Reads which instance answers under a name. An error is an answer too: with its reason instead of an instance. */
export const httpMarker = (options: {
  readonly dispatcher: () => Promise<Dispatcher>;
  /** Called when a connection failed: the CA may have been renewed. */
  readonly forgetSecrets?: () => void;
}): MarkerPort => ({
  async readMarkers(name, connections) {
    const dispatcher = await options.dispatcher();
    const answers = await readAll(dispatcher, name, connections);
    if (answers.every(({ instanceId }) => instanceId !== null)) return answers;
    options.forgetSecrets?.();
    const fresh = await options.dispatcher();
    const isRenewed = fresh !== dispatcher && answers.some(isRefused);
    return isRenewed ? readAll(fresh, name, connections) : answers;
  },
});

const isRefused = (answer: MarkerAnswer): boolean =>
  answer.instanceId === null && answer.refused !== undefined;

const readAll = async (
  dispatcher: Dispatcher,
  name: string,
  connections: number,
): Promise<readonly MarkerAnswer[]> => {
  const answers: MarkerAnswer[] = [];
  while (answers.length < connections) answers.push(await readMarker(dispatcher, name));
  return answers;
};

const none = (reason: string) => ({ instanceId: null, reason }) as const;

const readMarker = async (dispatcher: Dispatcher, name: string): Promise<MarkerAnswer> => {
  const text = `https://${name}${markerPath}`;
  if (!URL.canParse(text)) return none('this is not the name of a host');
  const url = new URL(text);
  try {
    const { statusCode, body } = await request(url, {
      dispatcher,
      // The connection is closed after the response, so the next request resolves the name again.
      reset: true,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    if (statusCode === 200) return answerIn(await readStart(body));
    await body.dump();
    return none(`${markerPath} is answered with ${statusCode}`);
  } catch (error) {
    return withoutMarker(error, url);
  }
};

const withoutMarker = (error: unknown, url: URL): MarkerAnswer => {
  const answer = none(describeConnectionError(error, url));
  if (!(error instanceof RefusedCertificate)) return answer;
  return { ...answer, refused: error.isFromUnknownIssuer ? 'unknown-issuer' : 'other' };
};

const readStart = async (body: AsyncIterable<Buffer>): Promise<string> => {
  let text = '';
  for await (const chunk of body) {
    text += chunk.toString('utf8');
    if (text.length > longestMarker) break;
  }
  return text;
};

const answerIn = (text: string): MarkerAnswer => {
  const instanceId = text.trim();
  return instanceIdPattern.test(instanceId)
    ? { instanceId }
    : none(`${markerPath} does not hold the id of an instance`);
};
