import { mkdirSync, writeFileSync } from 'node:fs';
import type { Fleet } from '../../functions/domain/fleet.ts';
import { userData } from '../../infra/proxy/user-data.ts';
import { aFleet, aProxy } from '../domain/a-fleet.ts';

/**
 * The user data of two proxies, as the CDK app makes it, for the tests that boot machines with it. What
 * these proxies find in AWS is in user-data-examples.json.
 */
const fleet = aFleet({
  proxies: [
    aProxy('frankfurt', {
      serviceName: 'proxy1.example.com',
      controlName: 'proxy1-control.example.com',
      features: ['pulpcore', 'registration', 'templates', 'logs', 'script'],
      remoteExecutionKey: '/europe/remote-execution-key',
    }),
    aProxy('dublin', { serviceName: 'proxy2.example.com' }),
  ],
});

const render = (proxy: Fleet['proxies'][number]): string =>
  userData({
    fleet,
    proxy,
    region: 'eu-central-1',
    certsBucket: 'fleet-certs',
    logGroup: '/europe/boot',
  });

const [directory = '/dev/stdout'] = process.argv.slice(2);
mkdirSync(directory, { recursive: true });
for (const proxy of fleet.proxies) {
  const layout = proxy.controlName === undefined ? 'one-name' : 'two-names';
  writeFileSync(`${directory}/${layout}.yaml`, render(proxy));
}
