/** Classes of the tasks that a rebuild starts, as foreman-tasks labels them. */
export const labels = {
  sync: 'Actions::Katello::CapsuleContent::Sync',
  count: 'Actions::Katello::CapsuleContent::UpdateContentCounts',
} as const;

export type TaskKind = keyof typeof labels;
