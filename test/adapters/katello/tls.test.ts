import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CertificateAuthority } from '../../../sandbox/katello/certificates.ts';
import {
  contentOver,
  controlName,
  host,
  markerOver,
  SmallWorld,
} from '../../sandbox/katello/small-world.ts';
import { overHttps, type WayIn } from './ways-in.ts';

const longAgo = {
  notBefore: new Date(Date.UTC(2020, 0, 1)),
  notAfter: new Date(Date.UTC(2020, 1, 1)),
};
const notYet = {
  notBefore: new Date(Date.UTC(2098, 0, 1)),
  notAfter: new Date(Date.UTC(2099, 0, 1)),
};

describe('the client refuses', () => {
  let world: SmallWorld;
  let way: WayIn;

  beforeEach(() => {
    world = new SmallWorld();
  });
  afterEach(async () => {
    await way.close();
    world.close();
  });

  const expectRefusal = async (meaning: string): Promise<void> => {
    await expect(contentOver(way.dispatcher).health()).rejects.toMatchObject({
      name: 'CertificateRefused',
      message: expect.stringContaining(meaning),
    });
    expect(world.katello.katelloCalls).toBe(0);
  };

  test('a certificate of another CA', async () => {
    const other = await CertificateAuthority.create();
    way = await overHttps(world, { trusted: other.pem });

    await expectRefusal('is not signed by a CA given under katello.ca');
    await expectRefusal('issuer CN=Simulated Katello CA; valid from Jan  1'.replace('  ', ' '));
  });

  test('a certificate that has expired', async () => {
    way = await overHttps(world, {
      wrongCertificates: { [host]: { name: host, validity: longAgo } },
    });

    await expectRefusal('has expired');
  });

  test('a certificate that is not valid yet', async () => {
    way = await overHttps(world, {
      wrongCertificates: { [host]: { name: host, validity: notYet } },
    });

    await expectRefusal('is not valid yet');
  });

  test('a certificate for another name', async () => {
    way = await overHttps(world, { wrongCertificates: { [host]: { name: controlName } } });

    await expectRefusal(`is for another name (ERR_TLS_CERT_ALTNAME_INVALID). It shows: subject`);
    await expectRefusal(`names ${controlName};`);
  });

  test('a marker under a certificate for another name', async () => {
    way = await overHttps(world, { wrongCertificates: { [controlName]: { name: host } } });

    expect(await markerOver(way.dispatcher).readMarkers(controlName, 1)).toEqual([
      {
        instanceId: null,
        reason: expect.stringContaining(`is for another name (ERR_TLS_CERT_ALTNAME_INVALID)`),
        refused: 'other',
      },
    ]);
  });

  test('a marker under a certificate of another CA, and says whose it is', async () => {
    const other = await CertificateAuthority.create('Company CA');
    way = await overHttps(world, { trusted: other.pem });

    expect(await markerOver(way.dispatcher).readMarkers(controlName, 1)).toEqual([
      {
        instanceId: null,
        reason: expect.stringContaining('issuer CN=Simulated Katello CA'),
        refused: 'unknown-issuer',
      },
    ]);
  });
});

test('a bundle lets Katello and the proxies have certificates of different CAs', async () => {
  const world = new SmallWorld();
  const [company, own] = [
    await CertificateAuthority.create('Company CA'),
    await CertificateAuthority.create(),
  ];
  const way = await overHttps(world, {
    ca: own,
    customSigned: { hostNames: [host], ca: company },
    trusted: `${company.pem}\n${own.pem}`,
  });

  expect(await contentOver(way.dispatcher).health()).toMatchObject({ failing: [] });
  expect(await markerOver(way.dispatcher).readMarkers(controlName, 1)).toMatchObject([
    { instanceId: world.replacement.id },
  ]);

  await way.close();
  world.close();
});
