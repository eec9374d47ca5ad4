/** The service user of the controller, as Foreman describes it. */
export interface KatelloAccess {
  readonly login: string;
  /** An administrator may do everything and sees everything. */
  readonly isAdmin: boolean;
  /** By Foreman's names; of an administrator, none are read. */
  readonly permissions: readonly string[];
  readonly organizations: readonly string[];
  readonly locations: readonly string[];
}

/** The permissions that a rebuild uses, by Foreman's names, with what each is for. */
export const requiredPermissions = {
  view_smart_proxies: 'finds the proxy',
  edit_smart_proxies: 'refreshes its features',
  view_capsule_content: 'reads its sync status and content counts',
  manage_capsule_content: 'starts syncs and counts',
  view_foreman_tasks: 'follows tasks',
  edit_foreman_tasks: 'stops tasks',
} as const;

const missingPermissions = ({ permissions }: KatelloAccess): readonly string[] =>
  Object.keys(requiredPermissions).filter((name) => !permissions.includes(name));

/**
 * What the user is missing, as an instruction; empty when nothing is. Foreman shows a user without administrator
 * rights only what shares an organization and a location with it, and no error says so: without a location, every
 * list is empty.
 */
export const missingAccess = (access: KatelloAccess): readonly string[] => {
  if (access.isAdmin) return [];
  const permissions = missingPermissions(access);
  return [
    ...(permissions.length > 0 ? [`grant the permissions ${permissions.join(', ')}`] : []),
    ...(access.organizations.length === 0 ? ['assign the organization of the proxies'] : []),
    ...(access.locations.length === 0 ? ['assign the location of the proxies'] : []),
  ];
};

const listed = (names: readonly string[]): string => names.join(', ') || 'none';

/** What the user can see at most, for a message about something that it cannot find. */
export const describeScope = ({
  login,
  isAdmin,
  organizations,
  locations,
}: KatelloAccess): string =>
  isAdmin
    ? `the service user ${login} is an administrator and sees every Smart Proxy`
    : `the service user ${login} only sees Smart Proxies that share an organization (${listed(organizations)}) ` +
      `and a location (${listed(locations)}) with it`;
