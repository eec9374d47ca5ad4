import { balancerContract } from '../contracts/balancer.ts';
import { dnsContract } from '../contracts/dns.ts';
import { groupContract } from '../contracts/group.ts';
import { imageParameterContract } from '../contracts/image-parameters.ts';
import { imageContract } from '../contracts/images.ts';
import { launchTemplateContract } from '../contracts/launch-templates.ts';
import { ledgerContract } from '../contracts/ledger.ts';
import { aProxyAtRest, controlName } from './a-rebuild.ts';
import { portsOf } from './in-memory-ports.ts';

const aWorld = () => {
  const world = aProxyAtRest();
  const pass = async (seconds: number) => world.pass(seconds);
  return { world, ports: portsOf(world), pass, end: () => undefined };
};

groupContract(() => {
  const { world, ports, pass, end } = aWorld();
  return {
    groups: ports.groups,
    groupName: world.group.name,
    servingId: 'i-old',
    failLaunches: (times) => {
      const failed = { at: world.now, message: 'InsufficientInstanceCapacity' };
      world.failedLaunches.push(...Array.from({ length: times }, () => failed));
    },
    pass,
    end,
  };
});

launchTemplateContract(() => {
  const { world, ports, end } = aWorld();
  return { templates: ports.launchTemplates, templateId: world.group.launchTemplate.id, end };
});

ledgerContract(() => {
  const { world, ports, pass, end } = aWorld();
  world.lock = null;
  return {
    ledger: ports.ledger,
    lock: async (_proxy, executionArn, reason) => {
      world.lock = { executionArn, reason, takenAt: world.now };
    },
    pass,
    end,
  };
});

dnsContract(() => {
  const { world, ports, end } = aWorld();
  return {
    dns: ports.dns,
    zoneId: world.fleet.network.hostedZone.id,
    name: controlName,
    address: '10.0.0.1',
    earlierName: 'athens.example.com',
    pass: async () => {
      for (const id of world.changes.keys()) world.changes.set(id, true);
    },
    end,
  };
});

imageParameterContract(() => {
  const { ports, end } = aWorld();
  return { parameters: ports.imageParameters, end };
});

imageContract(() => {
  const { world, ports, end } = aWorld();
  const [image] = world.images;
  const use = async (id: string) => void world.imagesInUse.add(id);
  world.imagesInUse.add('ami-2');
  return {
    images: ports.images,
    fleet: world.fleet.fleet,
    servingImageId: 'ami-2',
    addImage: (fleet) => {
      const id = `ami-${world.snapshots.size + 3}`;
      if (image === undefined || fleet !== world.fleet.fleet) return id;
      world.snapshots.add(`snap-${id}`);
      world.images.push({ ...image, id, snapshotIds: [`snap-${id}`] });
      return id;
    },
    launchTemplateVersion: use,
    pointParameterAt: use,
    snapshots: () => [...world.snapshots],
    deregisterOnly: (gone) => {
      world.images = world.images.filter(({ id }) => id !== gone);
    },
    end,
  };
});

balancerContract(() => {
  const { world, ports, pass, end } = aWorld();
  return {
    balancer: ports.balancer,
    targetGroupArns: world.group.targetGroupArns,
    servingId: 'i-old',
    kill: (id) => void world.health.set(id, ['unhealthy', 'unhealthy']),
    pass,
    end,
  };
});
