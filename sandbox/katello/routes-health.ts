import type { KatelloState } from './katello-state.ts';
import type { Route } from './route.ts';

const services = [
  'candlepin',
  'candlepin_auth',
  'foreman_tasks',
  'katello_events',
  'pulp3',
  'pulp3_content',
] as const;

const renderServices = (katello: KatelloState) =>
  Object.fromEntries(
    services.map((service) => {
      const message = katello.failingServices.get(service);
      return [
        service,
        message === undefined ? { status: 'ok', duration_ms: '21' } : { status: 'FAIL', message },
      ];
    }),
  );

export const healthRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/katello\/api\/(?:v2\/)?status$/,
    status: 200,
    permission: null,
    isOpen: true,
    answer: (katello) => ({
      version: katello.options.version,
      timeUTC: new Date(katello.options.kernel.now()).toISOString(),
    }),
  },
  {
    method: 'GET',
    path: /^\/katello\/api\/(?:v2\/)?ping$/,
    status: 200,
    permission: null,
    answer: (katello) => ({
      status: katello.failingServices.size === 0 ? 'ok' : 'FAIL',
      services: renderServices(katello),
    }),
  },
  {
    method: 'GET',
    path: /^\/api\/status$/,
    status: 200,
    permission: null,
    answer: () => ({ result: 'ok', status: 200, version: '3.19.0', api_version: 2 }),
  },
];
