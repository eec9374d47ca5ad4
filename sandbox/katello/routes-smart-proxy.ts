import { foremanNotFound, unreachableProxy } from './errors.ts';
import type { KatelloState } from './katello-state.ts';
import type { Route } from './route.ts';
import { listOf, parseSearch } from './search.ts';
import {
  proxySearchFields,
  renderSmartProxy,
  type SmartProxyRecord,
  searchableProxy,
  smartProxiesOf,
} from './smart-proxies.ts';
import { tcpRefusal } from './tcp-refusal.ts';

/** Without a location in common, a list is empty and a record is not found: neither is an error of its own. */
const recordsOf = (katello: KatelloState): readonly SmartProxyRecord[] =>
  katello.user.seesProxies
    ? smartProxiesOf(katello.options.host, katello.capsules, katello.mode)
    : [];

const find = (katello: KatelloState, id: string): SmartProxyRecord => {
  const record = recordsOf(katello).find(
    (candidate) => String(candidate.id) === id || candidate.name === id,
  );
  if (record === undefined) throw foremanNotFound('smart_proxy', id);
  return record;
};

/** Foreman asks the host of `url`, and that host asks its own Pulp: a proxy that still installs has none. */
const refresh = (katello: KatelloState, record: SmartProxyRecord): void => {
  const host = new URL(record.url).hostname;
  const { names } = katello.options;
  const machine = names.connect(host, 'katello', 9090);
  const isUp = machine?.phase === 'provisioned' || machine?.phase === 'installing';
  if (machine?.alive !== true || !isUp) {
    throw unreachableProxy(record.id, tcpRefusal(names, host, 9090));
  }
  if (record.features.includes('Pulpcore'))
    record.capsule?.refresh(machine.phase === 'provisioned');
};

export const smartProxyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/(?:api\/smart_proxies|katello\/api\/capsules)$/,
    status: 200,
    permission: 'view_smart_proxies',
    answer: (katello, { request }) => {
      const all = recordsOf(katello);
      const test = parseSearch(request.query.get('search') ?? '', proxySearchFields);
      const found = all.filter((record) => test(searchableProxy(record)));
      const { page, layout } = listOf(found, all.length, request.query);
      return {
        ...layout,
        sort: { by: null, order: null },
        results: page.map((record) => renderSmartProxy(record)),
      };
    },
  },
  {
    method: 'GET',
    path: /^\/api\/smart_proxies\/([^/]+)$/,
    status: 200,
    permission: 'view_smart_proxies',
    answer: (katello, { parameters }) => renderSmartProxy(find(katello, parameters[0] ?? '')),
  },
  {
    method: 'PUT',
    path: /^\/api\/smart_proxies\/([^/]+)\/refresh$/,
    status: 200,
    permission: 'edit_smart_proxies',
    answer: (katello, { parameters }) => {
      const record = find(katello, parameters[0] ?? '');
      if (record.capsule !== null) katello.noteAct(record.capsule, 'refresh');
      refresh(katello, record);
      return renderSmartProxy(record, 2);
    },
  },
];
