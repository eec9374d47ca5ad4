import { type Dispatcher, request } from 'undici';
import type { MarkerPort } from '../../ports/marker.ts';

const markerPath = '/pub/instance-id';
const instanceIdPattern = /^i-[0-9a-f]{8,17}$/;
const timeoutMs = 10_000;
/** An instance id has at most 19 characters; anything longer is an error page. */
const longestMarker = 64;

/** Reads which instance answers under a name. Any error results in `null`, because the instance is unknown. */
export const httpMarker = (options: {
  readonly dispatcher: () => Promise<Dispatcher>;
  /** Called when a connection failed: the CA may have been renewed. */
  readonly forgetSecrets?: () => void;
}): MarkerPort => ({
  async readMarkers(name, connections) {
    const dispatcher = await options.dispatcher();
    const markers: (string | null)[] = [];
    while (markers.length < connections) markers.push(await readMarker(dispatcher, name));
    if (markers.includes(null)) options.forgetSecrets?.();
    return markers;
  },
});

const readMarker = async (dispatcher: Dispatcher, name: string): Promise<string | null> => {
  try {
    const { statusCode, body } = await request(`https://${name}${markerPath}`, {
      dispatcher,
      // The connection is closed after the response, so the next request resolves the name again.
      reset: true,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    if (statusCode === 200) return instanceIdIn(await readStart(body));
    await body.dump();
    return null;
  } catch {
    return null;
  }
};

const readStart = async (body: AsyncIterable<Buffer>): Promise<string> => {
  let text = '';
  for await (const chunk of body) {
    text += chunk.toString('utf8');
    if (text.length > longestMarker) break;
  }
  return text;
};

const instanceIdIn = (text: string): string | null => {
  const marker = text.trim();
  return instanceIdPattern.test(marker) ? marker : null;
};
