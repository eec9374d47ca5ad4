import { resolve } from 'node:path';
import defaults from '../../jest.config.js';

const root = resolve(import.meta.dirname, '../..');

/** One project per emulator that run.sh has started; it gives the endpoints. */
const endpoints = {
  moto: process.env.MOTO_ENDPOINT,
  ministack: process.env.MINISTACK_ENDPOINT,
};

export default {
  testTimeout: 60_000,
  reporters: ['default', resolve(root, 'test/closing-line.js')],
  projects: Object.entries(endpoints)
    .filter(([, endpoint]) => endpoint !== undefined)
    .map(([name, endpoint]) => ({
      displayName: name,
      rootDir: root,
      testMatch: ['<rootDir>/test/emulators/**/*.emulator.ts'],
      testEnvironment: defaults.testEnvironment,
      extensionsToTreatAsEsm: defaults.extensionsToTreatAsEsm,
      transform: defaults.transform,
      globals: { emulator: { name, endpoint } },
    })),
};
