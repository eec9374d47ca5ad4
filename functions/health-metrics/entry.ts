import { log, portsOfInvocation } from '../lambda/entry.ts';
import { groups, instances, ledger } from '../lambda/ports.ts';
import { readCertificateEnd } from './certificate.ts';
import { embeddedMetrics } from './embedded-metrics.ts';
import { measure } from './measure.ts';

const portsNow = portsOfInvocation({ groups, instances, ledger });

export const handler = async (): Promise<void> => {
  const ports = await portsNow(null);
  const { fleet } = await ports.fleet.read();
  const measurements = await measure(ports, readCertificateEnd);
  for (const measurement of measurements)
    log(embeddedMetrics(fleet, measurement, ports.clock.now()));
};
