import { describe, expect, test } from '@jest/globals';
import { ssmFleet } from '../../../functions/adapters/aws/ssm-fleet.ts';
import { cachedSecrets } from '../../../functions/adapters/aws/ssm-secrets.ts';
import { resourceNames } from '../../../functions/domain/resource-names.ts';
import { expectFailure } from '../../contracts/failure.ts';
import { AwsWorld, exampleFleet } from '../../sandbox/aws/aws-world.ts';
import { counting } from './counting.ts';

const { fleet: name, proxies } = exampleFleet;
const [first] = proxies.map((proxy) => proxy.name);

/** A deployed fleet of that many proxies, and a client that counts the calls. */
const deployed = (size: number) => {
  const { aws, end } = new AwsWorld();
  for (let index = 0; index < size; index += 1)
    aws.parameters.put(
      resourceNames.proxyParameter(name, `proxy-${index}`),
      JSON.stringify({ ...proxies[0], name: `proxy-${index}` }),
    );
  return { aws, end, ...counting(aws.ssm) };
};

describe('the fleet, read for one proxy', () => {
  test.each([3, 300])('is one call in a fleet of %i', async (size) => {
    const { client, countOf, end } = deployed(size);
    const fleet = await ssmFleet(client, name).readWith('proxy-1');
    end();

    expect(fleet.proxies.map((proxy) => proxy.name)).toEqual(['proxy-1']);
    expect(fleet.katello).toEqual(exampleFleet.katello);
    expect(countOf('GetParametersCommand')).toBe(1);
    expect(countOf('GetParametersByPathCommand')).toBe(0);
  });

  test.each(['berlin-2', 'No Name', '../fleet'])(
    'is BadRequest without a proxy %p',
    async (proxy) => {
      const { client, end } = deployed(1);

      await expectFailure(ssmFleet(client, name).readWith(proxy), 'BadRequest', `"${proxy}"`);
      end();
    },
  );

  test('is BadFleetConfiguration when there is no fleet', async () => {
    const { client, end } = deployed(1);
    const read = ssmFleet(client, 'asia').readWith(String(first));

    await expectFailure(read, 'BadFleetConfiguration', resourceNames.fleetParameter('asia'));
    end();
  });
});

describe('cached secrets', () => {
  const names = ['/one', '/two'];
  const stored = () => {
    const world = deployed(0);
    let nowMs = 0;
    for (const secret of names) world.aws.parameters.put(secret, `${secret} old`, 'SecureString');
    const secrets = cachedSecrets(world.client, { now: () => new Date(nowMs) });
    const rotate = () => world.aws.parameters.put('/two', '/two new', 'SecureString');
    const pass = (minutes: number) => {
      nowMs += minutes * 60_000;
    };
    return { ...world, secrets, rotate, pass, read: secrets.among(names) };
  };

  test('are read together, once', async () => {
    const { read, secrets, countOf, end } = stored();

    expect([await read('/one'), await read('/two')]).toEqual(['/one old', '/two old']);
    expect(await secrets.among(names)('/two')).toBe('/two old');
    expect(countOf('GetParametersCommand')).toBe(1);
    end();
  });

  test('are read again when they are forgotten', async () => {
    const { read, secrets, rotate, end } = stored();
    await read('/two');
    rotate();
    expect(await read('/two')).toBe('/two old');
    secrets.forget();

    expect(await read('/two')).toBe('/two new');
    end();
  });

  test('are read again after a quarter of an hour', async () => {
    const { read, rotate, pass, end } = stored();
    await read('/two');
    rotate();
    pass(14);
    expect(await read('/two')).toBe('/two old');
    pass(1);

    expect(await read('/two')).toBe('/two new');
    end();
  });
});
