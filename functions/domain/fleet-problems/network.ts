import { type Check, repeated } from './check.ts';

const zonesMatchSubnets: Check = ({ network: sound }) => {
  const [subnets, zones] = [sound?.subnetIds, sound?.availabilityZones];
  if (subnets === undefined || zones === undefined || subnets.length === zones.length) return [];
  return [
    {
      path: ['network', 'availabilityZones'],
      text: `names ${zones.length} zones for ${subnets.length} subnets: give the zone of each subnet`,
    },
  ];
};

const subnetsAreUnique: Check = ({ network: sound }) =>
  repeated(
    (sound?.subnetIds ?? []).map((value, index) => ({
      value,
      path: ['network', 'subnetIds', index],
    })),
    (subnet) => `names ${subnet} a second time: remove it and its zone`,
  );

const zonesAreUnique: Check = ({ network: sound }) =>
  repeated(
    (sound?.availabilityZones ?? []).map((value, index) => ({
      value,
      path: ['network', 'availabilityZones', index],
    })),
    (zone) => `names ${zone} a second time: a load balancer takes one subnet of a zone`,
  );

export const networkChecks: readonly Check[] = [
  zonesMatchSubnets,
  subnetsAreUnique,
  zonesAreUnique,
];
