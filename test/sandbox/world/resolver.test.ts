import { ChangeResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ownResolver, sharedResolver } from '../../../sandbox/world/resolver.ts';
import { AwsWorld, exampleFleet } from '../aws/aws-world.ts';

let world: AwsWorld;
beforeEach(() => {
  world = new AwsWorld();
});
afterEach(() => world.end());

const name = 'berlin-control.example.com';
const propagationSeconds = 30;

const change = async (): Promise<void> => {
  await world.aws.route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: exampleFleet.network.hostedZone.id,
      ChangeBatch: {
        Changes: [
          {
            Action: 'UPSERT',
            ResourceRecordSet: {
              Name: name,
              Type: 'A',
              TTL: 30,
              ResourceRecords: [{ Value: '10.9.9.9' }],
            },
          },
        ],
      },
    }),
  );
};

const move = async (): Promise<void> => {
  await change();
  await world.pass(propagationSeconds);
};

test('a resolver that is asked all the time asks again whenever the TTL is over', async () => {
  const resolver = sharedResolver(world.aws.zones, world.kernel, 0.5);
  await move();

  expect(resolver.resolve(name)).toBe(world.berlin.privateIp);
  await world.pass(14);
  expect(resolver.resolve(name)).toBe(world.berlin.privateIp);
  await world.pass(1);
  expect(resolver.resolve(name)).toBe('10.9.9.9');
});

test('one that was never asked answers what is new', async () => {
  const resolver = ownResolver(world.aws.zones, world.kernel);
  await move();

  expect(resolver.resolve(name)).toBe('10.9.9.9');
});

test('one that has asked before keeps the answer for the TTL', async () => {
  const resolver = ownResolver(world.aws.zones, world.kernel);
  await change();
  await world.pass(propagationSeconds - 1);
  expect(resolver.resolve(name)).toBe(world.berlin.privateIp);
  await world.pass(29);
  expect(resolver.resolve(name)).toBe(world.berlin.privateIp);

  await world.pass(1);
  expect(resolver.resolve(name)).toBe('10.9.9.9');
});
