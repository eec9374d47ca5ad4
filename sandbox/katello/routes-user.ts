import type { Route } from './route.ts';
import type { ServiceUser } from './service-user.ts';

const named = (names: readonly string[]) => names.map((name, index) => ({ id: index + 2, name }));

const renderUser = ({ login, organizations, locations }: ServiceUser) => ({
  id: 4,
  login,
  admin: false,
  effective_admin: false,
  disabled: false,
  timezone: null,
  locations: named(locations),
  organizations: named(organizations),
  roles: [{ id: 9, name: 'Smart Proxy rebuilder' }],
});

const renderPermissions = ({ permissions }: ServiceUser) => ({
  total: permissions.length,
  subtotal: permissions.length,
  page: 1,
  per_page: 20,
  search: null,
  sort: { by: null, order: null },
  // All of them, whatever the page: the action does not paginate.
  results: permissions.map((name, index) => ({ name, id: index + 1, resource_type: 'SmartProxy' })),
});

/** Both are open to whoever can log in. */
export const userRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/api\/current_user$/,
    status: 200,
    permission: null,
    answer: ({ user }) => renderUser(user),
  },
  {
    method: 'GET',
    path: /^\/api\/permissions\/current_permissions$/,
    status: 200,
    permission: null,
    answer: ({ user }) => renderPermissions(user),
  },
];
