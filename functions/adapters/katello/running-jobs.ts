import type { KatelloClient } from './client.ts';
import { findJobProxy } from './find-capsule.ts';
import { foundTasksSchema } from './wire/task.ts';

/**
 * One task for each host of a job, for scripts and for Ansible alike; Foreman links it to the Smart Proxy that it has
 * chosen: foreman_remote_execution, app/lib/actions/remote_execution/run_host_job.rb.
 */
const hostJob = 'Actions::RemoteExecution::RunHostJob';

/** scoped_search reads a quoted instant with its time zone: lib/scoped_search/query_builder.rb. */
const before = (instant: Date): string => `started_at < "${instant.toISOString()}"`;

/**
 * Foreman counts what a search finds and loads the plans of what it lists. So one task is listed, whatever the number,
 * and its plan, which holds the script, is not read.
 */
export const countRunningJobs = async (
  client: KatelloClient,
  name: string,
  startedBefore?: Date,
): Promise<number> => {
  const id = await findJobProxy(client, name);
  const terms = [
    `label = ${hostJob} and resource_type = SmartProxy and resource_id = ${id}`,
    'state = running',
    ...(startedBefore === undefined ? [] : [before(startedBefore)]),
  ];
  return client.call(
    {
      method: 'GET',
      path: '/foreman_tasks/api/tasks',
      query: { search: terms.join(' and '), per_page: '1' },
      timeout: 'searchMs',
    },
    foundTasksSchema,
  );
};
