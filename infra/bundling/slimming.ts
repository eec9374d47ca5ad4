import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * The SDK describes every operation of a service in one file, of which a function needs a few lines. Keys
 * like `{ [_xN]: … }` keep esbuild from seeing that the rest has no effect; written as text they do not.
 */
const shakeSchemas: Plugin = {
  name: 'shake-schemas',
  setup: (build) => {
    build.onLoad(
      { filter: /client-[\w-]+\/dist-es\/schemas\/schemas_0\.js$/ },
      async ({ path }) => ({
        contents: await shaken(path),
        loader: 'js',
      }),
    );
  },
};

/** EC2's is more than a megabyte, and most functions want it. */
const known = new Map<string, Promise<string>>();

const shaken = (path: string): Promise<string> => {
  const contents = known.get(path) ?? readFile(path, 'utf8').then(withoutComputedKeys);
  known.set(path, contents);
  return contents;
};

export const withoutComputedKeys = (source: string): string => {
  const names = new Map(
    [...source.matchAll(/^const (_\w+) = ("[^"]*");$/gm)].map(([, name, text]) => [name, text]),
  );
  return source.replaceAll(/([{,]\s*)\[(_\w+)\]:/g, (whole, before: string, name: string) => {
    const text = names.get(name);
    return text === undefined ? whole : `${before}${text}:`;
  });
};

/** zod brings its messages in fifty languages; the functions speak English. */
const oneLanguage: Plugin = {
  name: 'one-language',
  setup: (build) => {
    build.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    }));
  },
};

/**
 * What the adapters use of undici: its agent, and a request through one. Its index loads a browser's worth of
 * features beside.
 */
const requestsOnly: Plugin = {
  name: 'requests-only',
  setup: (build) => {
    build.onResolve({ filter: /^undici$/ }, ({ resolveDir }) => ({
      path: 'requests',
      namespace: 'undici',
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /.*/, namespace: 'undici' }, ({ pluginData }) => ({
      contents: requests,
      loader: 'js',
      resolveDir: pluginData,
    }));
  },
};

const requests = `
  const { request } = require('undici/lib/api');
  const { getGlobalDispatcher } = require('undici/lib/global');
  exports.Agent = require('undici/lib/dispatcher/agent');
  exports.request = (url, { dispatcher = getGlobalDispatcher(), ...options }) => {
    const { origin, pathname, search } = new URL(url);
    return request.call(dispatcher, { method: 'GET', ...options, origin, path: pathname + search });
  };
`;

/**
 * A client that a step never calls, by the table of what steps need. Its code stays out of the bundle; should
 * it be called all the same, it says so.
 */
export const leaveOut = (absent: readonly string[]): Plugin => ({
  name: 'leave-out',
  setup: (build) => {
    build.onResolve({ filter: /^(@aws-sdk\/client-[\w-]+|undici)$/ }, ({ path }) =>
      absent.includes(path) ? { path, namespace: 'absent' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'absent' }, ({ path }) => ({
      contents: absentModule(path),
      loader: 'js',
    }));
  },
});

const absentModule = (path: string): string => `
  const missing = () => Promise.reject(new Error('This function is built without ${path}'));
  class Absent { send() { return missing(); } }
  const any = { get: (_, name) => (name === 'request' ? missing : Absent) };
  module.exports = Object.create(new Proxy({}, any));
`;

export const slimming: readonly Plugin[] = [shakeSchemas, oneLanguage, requestsOnly];
