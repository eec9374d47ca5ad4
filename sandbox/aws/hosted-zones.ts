import type { AwsContext } from './aws-context.ts';
import { AwsError } from './aws-error.ts';

/** An address that the authoritative servers give from a moment on; `null`: no record any more. */
interface Era {
  readonly since: number;
  readonly address: string | null;
  readonly ttlSeconds: number;
}

interface ARecord {
  readonly name: string;
  readonly ttlSeconds: number;
  readonly address: string;
}

interface HostedZone {
  readonly id: string;
  readonly name: string;
  /** What the API shows, at once. */
  readonly records: Map<string, ARecord>;
}

/** Until a change has reached every authoritative server. */
const propagationSeconds = 30;
/** How many former addresses of a name resolvers may still hold. */
const erasMax = 8;
const changesMax = 200;

export const canonical = (name: string): string => `${name.toLowerCase().replace(/\.$/, '')}.`;

/** Hosted zones with A records, and what a resolver would find. */
export class HostedZones {
  readonly #zones = new Map<string, HostedZone>();
  readonly #eras = new Map<string, readonly Era[]>();
  readonly #changes = new Map<string, number>();
  readonly #context: AwsContext;

  constructor(context: AwsContext) {
    this.#context = context;
  }

  addZone(id: string, name: string): void {
    if (!this.#zones.has(id)) {
      this.#zones.set(id, { id, name: canonical(name), records: new Map() });
    }
  }

  /** A record that has been there since before the run. */
  addRecord(zoneId: string, name: string, address: string, ttlSeconds: number): void {
    this.#zone(zoneId).records.set(canonical(name), { name: canonical(name), address, ttlSeconds });
    this.#eras.set(canonical(name), [{ since: 0, address, ttlSeconds }]);
  }

  /** In the order of their names. */
  records(zoneId: string): readonly ARecord[] {
    return [...this.#zone(zoneId).records.values()].toSorted((one, other) =>
      one.name < other.name ? -1 : 1,
    );
  }

  change(
    zoneId: string,
    action: 'CREATE' | 'UPSERT' | 'DELETE',
    record: ARecord,
    proxy?: string,
  ): void {
    const zone = this.#zone(zoneId);
    const name = canonical(record.name);
    assertChange(zone, action, { ...record, name });
    const { kernel } = this.#context;
    if (action === 'DELETE') zone.records.delete(name);
    else zone.records.set(name, { ...record, name });
    const era = {
      since: kernel.now() + propagationSeconds * 1000,
      address: action === 'DELETE' ? null : record.address,
      ttlSeconds: record.ttlSeconds,
    };
    this.#eras.set(name, [...(this.#eras.get(name) ?? []), era].slice(-erasMax));
    kernel.emit('record-moved', proxy, `${record.name} points at ${era.address ?? 'nothing'}`);
  }

  /** Returns the id of a change whose way to the servers begins now. */
  noteChange(): string {
    const { kernel } = this.#context;
    const id = `C${kernel.random.hex(20).toUpperCase()}`;
    this.#changes.set(id, kernel.now() + propagationSeconds * 1000);
    const [oldest] = this.#changes.keys();
    if (this.#changes.size > changesMax && oldest !== undefined) this.#changes.delete(oldest);
    return id;
  }

  isInSync(changeId: string): boolean {
    const at = this.#changes.get(changeId);
    if (at === undefined) {
      throw new AwsError('NoSuchChange', `A change with ID ${changeId} does not exist`);
    }
    return this.#context.kernel.now() >= at;
  }

  /**
   * What a resolver answers that has asked Route 53 at most `cachedForSeconds` ago: the oldest answer it
   * may still give.
   */
  resolve(
    name: string,
    { cachedForSeconds }: { readonly cachedForSeconds: number },
  ): string | null {
    const askedAt = this.#context.kernel.now() - cachedForSeconds * 1000;
    const eras = this.#eras.get(canonical(name)) ?? [];
    return eras.findLast(({ since }) => since <= askedAt)?.address ?? null;
  }

  /** For how long a resolver may keep what it is answered now. */
  ttlSeconds(name: string): number {
    const now = this.#context.kernel.now();
    const eras = this.#eras.get(canonical(name)) ?? [];
    return eras.findLast(({ since }) => since <= now)?.ttlSeconds ?? 0;
  }

  #zone(id: string): HostedZone {
    const zone = this.#zones.get(id);
    if (zone !== undefined) return zone;
    throw new AwsError('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, { status: 404 });
  }
}

const assertChange = (zone: HostedZone, action: string, record: ARecord): void => {
  const { name } = record;
  const present = zone.records.get(name);
  const problem =
    name !== zone.name && !name.endsWith(`.${zone.name}`)
      ? `RRSet with DNS name ${name} is not permitted in zone ${zone.name}`
      : action === 'CREATE' && present !== undefined
        ? `Tried to create resource record set [name='${name}', type='A'] but it already exists`
        : action === 'DELETE' && present === undefined
          ? `Tried to delete resource record set [name='${name}', type='A'] but it was not found`
          : action === 'DELETE' && !isSame(present, record)
            ? `Tried to delete resource record set [name='${name}', type='A'] but the values provided do not match the current values`
            : null;
  if (problem !== null) throw new AwsError('InvalidChangeBatch', `[${problem}]`);
};

const isSame = (one: ARecord | undefined, other: ARecord): boolean =>
  one?.address === other.address && one.ttlSeconds === other.ttlSeconds;
