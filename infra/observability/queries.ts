import { CfnQueryDefinition, type LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** Questions that people ask the logs, by the names under which the console offers them. */
const queries = {
  'What an execution did': `fields @timestamp, step, proxy, outcome, status, failure, durationMs
| filter execution like /REPLACE-WITH-ITS-NAME/
| sort @timestamp asc`,
  'Failures by name': `filter outcome = "failed"
| stats count(*) as times, latest(@timestamp) as last by failure, step, proxy
| sort times desc`,
  'How long steps take': `filter outcome = "answered"
| stats pct(durationMs, 50) as p50, pct(durationMs, 95) as p95, max(durationMs) as longest by step
| sort p95 desc`,
} as const;

export class Queries extends Construct {
  constructor(scope: Construct, id: string, fleet: string, logGroups: readonly LogGroup[]) {
    super(scope, id);
    for (const [name, queryString] of Object.entries(queries)) {
      new CfnQueryDefinition(this, name.replaceAll(' ', ''), {
        name: `smart-proxies/${fleet}/${name}`,
        queryString,
        logGroupNames: logGroups.map(({ logGroupName }) => logGroupName),
      });
    }
  }
}
