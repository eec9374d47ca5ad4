import { expect, test } from '@jest/globals';
import { architectureProblem, isTooSmall } from '../../functions/domain/machine-type.ts';

test.each([
  'm7g.large',
  'm8gd.xlarge',
  't4g.medium',
  'c7gn.2xlarge',
  'x2gd.xlarge',
  'im4gn.xlarge',
  'is4gen.large',
  'i8ge.xlarge',
  'hpc7g.16xlarge',
  'g5g.xlarge',
  'a1.xlarge',
  'p6e-gb200.36xlarge',
  'mac1.metal',
  'mac2-m2pro.metal',
])('%s cannot run an image of x86_64', (instanceType) => {
  expect(architectureProblem(instanceType)).not.toBeNull();
});

test.each([
  'm7i.xlarge',
  'm7i-flex.xlarge',
  'm7a.2xlarge',
  't3.xlarge',
  'g4dn.xlarge',
  'g6.xlarge',
  'gr6.4xlarge',
  'r7iz.xlarge',
  'x2iezn.2xlarge',
  'i4i.xlarge',
  'u-6tb1.metal',
  'u7i-12tb.224xlarge',
  'm5.metal',
])('%s can', (instanceType) => {
  expect(architectureProblem(instanceType)).toBeNull();
});

test.each<[string, boolean]>([
  ['t3.micro', true],
  ['m7a.medium', true],
  ['m7i.large', true],
  ['r7i.large', true],
  ['c7i.xlarge', true],
  ['c7i-flex.xlarge', true],
  ['inf1.xlarge', true],
  ['m7i.xlarge', false],
  ['m7i-flex.xlarge', false],
  ['t3.xlarge', false],
  ['c7i.2xlarge', false],
  ['m5.metal', false],
  ['m7i.metal-24xl', false],
  ['something.new', false],
])('%s is too small for a Smart Proxy with content: %s', (instanceType, isSmall) => {
  expect(isTooSmall(instanceType)).toBe(isSmall);
});
