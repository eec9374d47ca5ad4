import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { failures } from '../../functions/domain/failures.ts';
import { healthMetrics, metricNamespace } from '../../functions/health-metrics/metrics.ts';
import { alarmTable } from '../../infra/observability/alarm-table.ts';
import { logMetrics } from '../../infra/observability/log-metrics.ts';
import { exampleSettings, resourceOf, resourcesOf, synthesize, templateOf } from './example.ts';

const settings = exampleSettings();
const withEmail = exampleSettings({ alarmEmail: 'proxies@example.com' });
synthesize(settings, withEmail);
const controller = (of = settings) => templateOf(of, 'Controller');

interface Filter {
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly {
    readonly MetricName: string;
    readonly MetricNamespace: string;
  }[];
}
const filters = resourcesOf(controller(), 'AWS::Logs::MetricFilter').map(
  ({ Properties }) => Properties as unknown as Filter,
);
const alarms = resourcesOf(controller(), 'AWS::CloudWatch::Alarm').map(
  ({ Properties }) => Properties,
);
const anchors = [...JSON.stringify(controller()).matchAll(/docs\/operations\.md#([\w-]+)/g)].map(
  ([, anchor]) => anchor,
);
const operations = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

describe('every alarm', () => {
  test.each(alarmTable(settings).map(({ id }) => id))('%s tells people, both ways', (id) => {
    const alarm = alarms.find(({ AlarmName }) => AlarmName === `smart-proxy-europe-${id}`);

    expect(alarm).toMatchObject({
      AlarmActions: [expect.anything()],
      OKActions: [expect.anything()],
      AlarmDescription: expect.stringContaining(`docs/operations.md#${id}`),
    });
  });

  test.each([...alarmTable(settings).map(({ id }) => id), 'max-lifetime-replacement'])(
    '%s has its part in docs/operations.md, and sends its reader there',
    (id) => {
      expect(operations).toContain(`### ${id}\n`);
      expect(anchors).toContain(id);
    },
  );

  test('of a metric of ours looks at one that is emitted or counted', () => {
    const emitted: readonly string[] = [
      ...Object.values(healthMetrics).map(({ name }) => name),
      ...filters.flatMap(({ MetricTransformations: all }) =>
        all.map(({ MetricName }) => MetricName),
      ),
    ];
    const own = alarms.filter(({ Namespace }) => Namespace === metricNamespace('europe'));

    expect(own.length).toBeGreaterThan(0);
    for (const { MetricName } of own) expect(emitted).toContain(MetricName);
  });
});

test('an age that nobody measures is an alarm; failures that nobody counts are none', () => {
  const silenceOf = (id: string) =>
    alarms.find(({ AlarmName }) => AlarmName === `smart-proxy-europe-${id}`)?.['TreatMissingData'];

  expect(silenceOf('proxy-too-old')).toBe('breaching');
  expect(silenceOf('rebuild-failed')).toBe('notBreaching');
});

describe('what is counted in the logs', () => {
  test('is every metric of the table, and no other', () => {
    const counted = filters.map(({ MetricTransformations: [first] }) => first?.MetricName);

    expect(new Set(counted)).toEqual(new Set(Object.values(logMetrics)));
  });

  test('are failures of the table, or errors that have no name', () => {
    const named = filters
      .filter(({ MetricTransformations: [first] }) => first?.MetricName !== logMetrics.stepCrashed)
      .flatMap(({ FilterPattern }) => [...FilterPattern.matchAll(/\$\.failure = "(\w+)"/g)])
      .map(([, name]) => name);

    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(failures).toHaveProperty(name ?? '');
  });

  test('fits into what CloudWatch takes as a pattern', () => {
    for (const { FilterPattern } of filters) expect(FilterPattern.length).toBeLessThan(1024);
  });
});

test('the dashboard shows every proxy against the limit', () => {
  const body = JSON.stringify(
    resourceOf(controller(), 'AWS::CloudWatch::Dashboard').Properties['DashboardBody'],
  );

  for (const name of ['eu-north', 'eu-west', 'eu-south']) expect(body).toContain(name);
  expect(body).toContain('limit');
});

test('alarms go to an e-mail address when there is one', () => {
  expect(resourcesOf(controller(), 'AWS::SNS::Subscription')).toEqual([]);
  expect(resourceOf(controller(withEmail), 'AWS::SNS::Subscription').Properties).toMatchObject({
    Protocol: 'email',
    Endpoint: 'proxies@example.com',
  });
});

test('the saved queries ask for fields that the log has', () => {
  const queries = resourcesOf(controller(), 'AWS::Logs::QueryDefinition').map(({ Properties }) =>
    String(Properties['QueryString']),
  );
  const log = readFileSync(
    new URL('../../functions/lambda/log-outcome.ts', import.meta.url),
    'utf8',
  );

  expect(queries).toHaveLength(3);
  for (const field of ['step', 'execution', 'proxy', 'durationMs', 'outcome', 'status', 'failure'])
    expect(log).toContain(field);
});
