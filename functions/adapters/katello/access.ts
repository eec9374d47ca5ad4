import type { KatelloAccess } from '../../domain/katello-access.ts';
import type { KatelloClient } from './client.ts';
import { currentUserSchema, permissionListSchema } from './wire/access.ts';

/**
 * Both answers are open to every user. Foreman: app/controllers/api/v2/users_controller.rb (`show_current`) and
 * permissions_controller.rb (`current_permissions`, not paged); config/initializers/f_foreman_permissions.rb.
 */
export const readAccess = async (client: KatelloClient): Promise<KatelloAccess> => {
  const user = await client.call({ method: 'GET', path: '/api/current_user' }, currentUserSchema);
  if (user.isAdmin) return { ...user, permissions: [] };
  const path = '/api/permissions/current_permissions';
  return { ...user, permissions: await client.call({ method: 'GET', path }, permissionListSchema) };
};
