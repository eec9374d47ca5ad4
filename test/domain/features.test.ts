import { describe, expect, test } from '@jest/globals';
import { featureOfForeman, losesData } from '../../functions/domain/features.ts';

describe('a feature that Foreman lists', () => {
  test.each<[string, string | null]>([
    ['Pulpcore', 'pulpcore'],
    ['Registration', 'registration'],
    ['HTTPBoot', 'httpboot'],
    ['Container_Gateway', 'container-gateway'],
    ['Puppet CA', 'puppetca'],
    ['Openscap', 'openscap'],
    ['TFTP', 'tftp'],
    ['DHCP', 'dhcp'],
    ['Something new', null],
    ['', null],
  ])('%s is %j', (name, feature) => {
    expect(featureOfForeman(name)).toBe(feature);
  });
});

test('content, registration and templates survive a rebuild, address leases and authorities do not', () => {
  expect(losesData).toMatchObject({ dhcp: expect.any(String), puppetca: expect.any(String) });
  expect(losesData).not.toHaveProperty('pulpcore');
  expect(losesData).not.toHaveProperty('registration');
});
