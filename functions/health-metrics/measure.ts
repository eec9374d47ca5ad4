import { type Fleet, katelloNameOf, type SmartProxy } from '../domain/fleet.ts';
import type { ProxyRecord } from '../domain/record.ts';
import { isUnverified } from '../domain/verification.ts';
import { type Present, readPresent } from '../operations/ages.ts';
import type { GivenMethod, PortsWith } from '../ports/port-methods.ts';
import type { HealthMetric } from './metrics.ts';

/** Port methods of the measurement; all of them only read. */
export const healthMetricsNeeds = ['groups.read', 'instances.read', 'ledger.read'] as const;

type MeasuringPorts = PortsWith<GivenMethod | (typeof healthMetricsNeeds)[number]>;

export interface Measurement {
  readonly proxy: string;
  readonly values: Readonly<Partial<Record<HealthMetric, number>>>;
}

/** When the certificate of a name expires; `null` when nothing answers. */
export type ReadCertificateEnd = (name: string) => Promise<Date | null>;

const dayMs = 86_400_000;
const hourMs = 3_600_000;

const days = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / dayMs;

/**
 * Since a rebuild began that has not ended, since a rollback owes the proxy content, or since an instance was launched
 * that no rebuild has verified.
 */
const unsettledHours = (record: ProxyRecord, present: Present, now: Date): number => {
  const { restorePoint, refill } = record;
  const since = [
    ...(restorePoint === null ? [] : [Date.parse(restorePoint.takenAt)]),
    ...(refill === null ? [] : [Date.parse(refill.since)]),
    ...(present.launchedAt !== null && isUnverified(record, present.ids)
      ? [present.launchedAt.getTime()]
      : []),
  ];
  return Math.max(0, ...since.map((at) => (now.getTime() - at) / hourMs));
};

const attemptsLeft = ({ attempts }: ProxyRecord, perDay: number, now: Date): number =>
  perDay - attempts.filter(({ at }) => now.getTime() - Date.parse(at) < dayMs).length;

const lastRebuildMinutes = ({ durationsSeconds }: ProxyRecord): number =>
  Object.values(durationsSeconds).reduce((sum, past) => sum + (past.at(-1) ?? 0), 0) / 60;

/** Unknown values are not emitted; alarms treat missing data as breaching. */
const omitUnknown = (
  values: Readonly<Record<HealthMetric, number | null>>,
): Measurement['values'] =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

const measureProxy = async (
  ports: MeasuringPorts,
  { cycle }: Fleet,
  proxy: SmartProxy,
  present: Present,
  readCertificateEnd: ReadCertificateEnd,
): Promise<Measurement> => {
  const { launchedAt } = present;
  const now = ports.clock.now();
  const record = await ports.ledger.read(proxy.name);
  const certificateEnd = await readCertificateEnd(katelloNameOf(proxy));
  const values = omitUnknown({
    age: launchedAt === null ? null : days(launchedAt, now),
    present: launchedAt === null ? 0 : 1,
    unsettled: unsettledHours(record, present, now),
    attemptsLeft: attemptsLeft(record, cycle.attemptsPerDay, now),
    certificate: certificateEnd === null ? null : days(now, certificateEnd),
    lastRebuild: record.lastRebuild === null ? null : lastRebuildMinutes(record),
  });
  return { proxy: proxy.name, values };
};

/**
 * Measures every proxy, independently of the executions that rebuild them: if those no longer start, the
 * measured ages still grow and the alarm fires.
 */
export const measure = async (
  ports: MeasuringPorts,
  readCertificateEnd: ReadCertificateEnd,
): Promise<readonly Measurement[]> => {
  const fleet = await ports.fleet.read();
  return Promise.all(
    fleet.proxies.map(async (proxy) => {
      const present = await readPresent(ports, fleet, proxy.name);
      return measureProxy(ports, fleet, proxy, present, readCertificateEnd);
    }),
  );
};
