import { expect, test } from '@jest/globals';
import { type ImageFit, imageFit, missingFeatures } from '../../functions/domain/image-fit.ts';

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

test.each<[readonly string[] | null, readonly string[]]>([
  [['pulpcore', 'openscap'], []],
  [['pulpcore', 'openscap', 'salt'], []],
  [['pulpcore'], ['openscap']],
  [['puppetca'], ['pulpcore', 'openscap']],
  [[''], ['pulpcore', 'openscap']],
  [null, []],
])('an image tagged with the features %j lacks %j of pulpcore and openscap', (tagged, missing) => {
  expect(missingFeatures(tagged, ['pulpcore', 'openscap'])).toEqual(missing);
});
