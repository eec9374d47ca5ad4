import { type Check, repeated } from './check.ts';

const zonesMatchSubnets: Check = ({ network: sound }) => {
  const [subnets, zones] = [sound?.subnetIds, sound?.availabilityZones];
  if (subnets === undefined || zones === undefined || subnets.length === zones.length) return [];
  return [
    {
      path: ['network', 'availabilityZones'],
      text: `has ${zones.length} zones for ${subnets.length} subnets: list one zone per subnet, in the same order`,
    },
  ];
};

const subnetsAreUnique: Check = ({ network: sound }) =>
  repeated(
    (sound?.subnetIds ?? []).map((value, index) => ({
      value,
      path: ['network', 'subnetIds', index],
    })),
    (subnet) => `repeats ${subnet}: remove it and its zone`,
  );

const zonesAreUnique: Check = ({ network: sound }) =>
  repeated(
    (sound?.availabilityZones ?? []).map((value, index) => ({
      value,
      path: ['network', 'availabilityZones', index],
    })),
    (zone) =>
      `repeats ${zone}: a load balancer takes one subnet per zone, so use one in another zone`,
  );

export const networkChecks: readonly Check[] = [
  zonesMatchSubnets,
  subnetsAreUnique,
  zonesAreUnique,
];
