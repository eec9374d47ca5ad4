import { expect, test } from '@jest/globals';
import { features } from '../../functions/domain/features.ts';
import {
  exampleSettings,
  exhaustiveSettings,
  findingsOf,
  synthesize,
  withFleet,
  withProxy,
} from './example.ts';

const usual = exampleSettings();
const everything = withProxy(exhaustiveSettings(), {
  features: [...features],
  persisted: Object.fromEntries(features.map((feature) => [feature, 'elsewhere'])),
});
const pinned = withFleet(usual, (fleet) => ({
  ...fleet,
  image: { ...fleet.image, base: { id: 'ami-0ba5e00000000000a' } },
}));
synthesize(usual, everything, pinned);

test.each([
  ['as the example has it', usual],
  ['with every setting and every feature', everything],
  ['from a pinned base image', pinned],
])('cdk-nag has no finding that nobody has given a reason for, %s', (_, settings) => {
  expect(findingsOf(settings)).toEqual([]);
});
