import FakeTimers, { type Clock } from '@sinonjs/fake-timers';
import { type Fleet, fleetSchema } from '../../../functions/domain/fleet.ts';
import { tagNames } from '../../../functions/domain/resource-names.ts';
import { type AddedProxy, SimulatedAws } from '../../../sandbox/aws/simulated-aws.ts';
import type { Faults } from '../../../sandbox/faults/fault.ts';
import type { ScheduledFaultName } from '../../../sandbox/faults/kinds.ts';
import type { WorldSite } from '../../../sandbox/faults/sites.ts';
import { Kernel, type WorldEvent } from '../../../sandbox/kernel/kernel.ts';
import { Machines } from '../../../sandbox/machines/machines.ts';
import { Paths } from '../../../sandbox/network/paths.ts';

/** Faults that a test switches on for so many strikes. */
export class SwitchedFaults implements Faults {
  readonly #left = new Map<ScheduledFaultName, { times: number; service: string | undefined }>();

  set(fault: ScheduledFaultName, times: number, service?: string): void {
    this.#left.set(fault, { times, service });
  }

  strikes(fault: ScheduledFaultName, site: WorldSite = {}): boolean {
    const isStruck = this.holds(fault, site);
    const left = this.#left.get(fault);
    if (isStruck && left !== undefined) left.times -= 1;
    return isStruck;
  }

  holds(fault: ScheduledFaultName, site: WorldSite = {}): boolean {
    const left = this.#left.get(fault);
    return (
      left !== undefined &&
      left.times > 0 &&
      (left.service === undefined || left.service === site.service)
    );
  }
}

export const exampleFleet: Fleet = fleetSchema.parse({
  fleet: 'europe',
  katello: {
    url: 'https://katello.example.com',
    ca: '/smart-proxies/europe/ca',
    credentials: { login: '/smart-proxies/europe/login', token: '/smart-proxies/europe/token' },
    organization: 'Example',
  },
  cycle: {},
  image: {
    base: { id: 'ami-0123456789abcdef0' },
    foremanVersion: '3.19',
    katelloVersion: '4.21',
  },
  slack: { webhook: '/smart-proxies/europe/slack' },
  network: {
    vpcId: 'vpc-0123456789abcdef0',
    subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    clientCidrs: ['10.0.0.0/8'],
    katelloCidrs: ['10.1.0.0/16'],
    hostedZone: { id: 'Z0123456789ABC', name: 'example.com' },
  },
  proxies: [
    {
      name: 'berlin',
      serviceName: 'berlin.example.com',
      controlName: 'berlin-control.example.com',
      certs: { key: 'berlin/certs.tar' },
    },
    { name: 'paris', serviceName: 'paris.example.com', certs: { key: 'paris/certs.tar' } },
  ],
});

export const durations = { registerSeconds: 180, drainSeconds: 300, bakeSeconds: 1200 } as const;
export const boot = { bootSeconds: 30, installSeconds: 600 } as const;

/** A small simulated AWS at a fixed instant, with the two proxies of the example fleet. */
export class AwsWorld {
  readonly faults = new SwitchedFaults();
  readonly events: WorldEvent[] = [];
  readonly kernel: Kernel;
  readonly machines: Machines;
  readonly aws: SimulatedAws;
  readonly imageId: string;
  readonly berlin: AddedProxy;
  readonly paris: AddedProxy;
  readonly #clock: Clock;

  constructor() {
    this.#clock = FakeTimers.install({
      now: Date.UTC(2026, 10, 2, 1),
      toFake: ['Date', 'setTimeout', 'clearTimeout'],
    });
    this.kernel = new Kernel(7);
    this.kernel.observe((event) => this.events.push(event));
    const { kernel, faults } = this;
    const paths = new Paths(exampleFleet);
    this.machines = new Machines(kernel, faults, () => boot, paths);
    this.aws = new SimulatedAws({
      kernel,
      faults,
      machines: this.machines,
      paths,
      durations,
      region: 'eu-central-1',
      account: '123456789012',
    });
    this.imageId = this.aws.images.add({
      tags: {
        [tagNames.fleet]: exampleFleet.fleet,
        [tagNames.imageState]: 'current',
        [tagNames.katelloVersion]: '4.21',
        [tagNames.features]: 'pulpcore registration templates logs',
        [tagNames.sourceImage]: 'ami-0123456789abcdef0',
      },
    });
    this.aws.addTable('ledger');
    this.aws.addFleet(exampleFleet, this.imageId);
    const [berlin, paris] = exampleFleet.proxies.map((proxy) =>
      this.aws.addProxy(exampleFleet, proxy, {
        imageId: this.imageId,
        launchedAt: kernel.now() - 20 * 86_400_000,
        store: {},
        files: {},
        hook: { heartbeatSeconds: 3600 },
      }),
    );
    // With a minimum, so that there is something below it for Auto Scaling to refuse.
    for (const group of this.aws.groups.values()) group.sizes = { ...group.sizes, min: 1 };
    if (berlin === undefined || paris === undefined) throw new Error('two proxies are needed');
    this.berlin = berlin;
    this.paris = paris;
  }

  readonly pass = async (seconds: number): Promise<void> => {
    await this.#clock.tickAsync(seconds * 1000);
  };

  readonly end = (): void => {
    this.#clock.uninstall();
  };
}
