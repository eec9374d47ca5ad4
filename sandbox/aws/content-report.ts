import { filesOf } from '../machines/files.ts';
import { imagesIn } from '../machines/gateway.ts';
import type { Machine } from '../machines/machines.ts';

type Counts = Readonly<Record<string, number>>;

/** Pulp's own names of content types; Katello has others. https://pulpproject.org/pulp_rpm/docs/dev/reference/ */
const pulpNames: Readonly<Record<string, string>> = {
  rpm: 'rpm.package',
  erratum: 'rpm.advisory',
  module_stream: 'rpm.modulemd',
  docker_tag: 'container.tag',
  docker_manifest: 'container.manifest',
  file: 'file.file',
};

const inPulpsWords = (counts: Counts): Counts =>
  Object.fromEntries(
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([unit, count]) => [pulpNames[unit] ?? unit, count]),
  );

const repositoryOf = (name: string, held: Counts, { files }: Machine) => {
  const counts = inPulpsWords(held);
  const { policy = null, present = 0 } = files[name] ?? {};
  const [type = 'rpm'] = Object.keys(counts)[0]?.split('.') ?? [];
  return {
    name,
    type,
    policy,
    // Created at the beginning of a sync, published at its end.
    published: Object.keys(held).length > 0,
    counts,
    artifacts: { wanted: filesOf(held), present },
    metadata: { wanted: 8, present: 8 },
  };
};

/** As in infra/shared/content-report/gateway.py. */
const gatewayOf = ({ gateway, store }: Machine) => {
  const rows = Object.entries(gateway.repositories);
  return {
    repositories: rows.map(([name]) => name),
    public: rows.filter(([, needsLogin]) => !needsLogin).map(([name]) => name),
    unknown: imagesIn(store).filter((name) => gateway.repositories[name] === undefined),
    newestRow: rows.length === 0 ? 0 : gateway.newestRow,
    refusal: null,
  };
};

/** What the report program prints of a machine: what its own Pulp has, by no name and no word of Katello's. */
export const reportOf = (machine: Machine, now: number) => ({
  version: 1,
  instanceId: machine.id,
  takenAt: new Date(now).toISOString(),
  pulp: {
    versions: { core: '3.105.0', rpm: '3.35.0' },
    workersOnline: 4,
    storage: { totalBytes: 500e9, usedBytes: 200e9, freeBytes: 300e9 },
  },
  work: { running: 0, waiting: 0 },
  repositories: Object.entries(machine.store).map(([name, held]) =>
    repositoryOf(name, held, machine),
  ),
  gateway: gatewayOf(machine),
  problems: [],
});
