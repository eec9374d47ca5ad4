/** Typed here a second time on purpose: the simulation must not agree with the client by sharing its mistakes. */
export const labels = {
  sync: 'Actions::Katello::CapsuleContent::Sync',
  count: 'Actions::Katello::CapsuleContent::UpdateContentCounts',
  job: 'Actions::RemoteExecution::RunHostJob',
} as const;
