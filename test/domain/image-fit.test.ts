import { expect, test } from '@jest/globals';
import { type ImageFit, imageFit } from '../../functions/domain/image-fit.ts';

test.each<[string | null, string, ImageFit]>([
  ['4.21', '4.21', 'fits'],
  ['4.21.0', '4.21', 'fits'],
  ['4.21.1', '4.21', 'fits'],
  ['4.21', '4.21.3', 'fits'],
  ['4.21.1', '4.21.3', 'fits'],
  ['4.21', '4.21.0.rc1', 'fits'],
  ['4.21.0.rc1', '4.21', 'fits'],
  ['4.21-1', '4.21', 'fits'],
  ['4.20', '4.21', 'differs'],
  ['4.2', '4.21', 'differs'],
  ['4.210', '4.21', 'differs'],
  ['5.0', '4.21', 'differs'],
  ['4.21', '5.21', 'differs'],
  ['4', '4.21', 'differs'],
  ['4.21rc1', '4.21', 'differs'],
  ['v4.21', '4.21', 'differs'],
  ['', '4.21', 'differs'],
  ['rubbish', '4.21', 'differs'],
  ['4.21', 'rubbish', 'differs'],
  ['nightly', 'nightly', 'differs'],
  [null, '4.21', 'unknown'],
  [null, 'nightly', 'unknown'],
])('an image tagged %j and Katello %j: %s', (tagged, katelloVersion, fit) => {
  expect(imageFit(tagged, katelloVersion)).toBe(fit);
});
