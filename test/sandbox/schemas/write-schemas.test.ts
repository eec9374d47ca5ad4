import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { scheduledFaults } from '../../../sandbox/faults/kinds.ts';
import { current, generated } from '../../../sandbox/schemas/write-schemas.ts';
import { goodFleet } from '../../config/fleet-text.ts';

const scenarios = readdirSync('examples/scenarios').map((file) => `examples/scenarios/${file}`);

const validatorOf = (file: string) =>
  new Ajv({ strict: true, formats: { uri: true } }).compile(JSON.parse(current(file)));

describe('what is generated', () => {
  test.each([...generated().keys()])('%s is as `npm run schema` writes it', (file) => {
    expect(current(file)).toBe(generated().get(file));
  });
});

describe('the schemas for editors', () => {
  test('accept the example of a fleet', () => {
    expect(validatorOf('examples/fleet.schema.json')(parse(current('examples/fleet.yaml')))).toBe(
      true,
    );
  });

  test('reject an unknown key of a fleet', () => {
    const fleet = parse(goodFleet.replace('canary:', 'canarry:'));

    expect(validatorOf('examples/fleet.schema.json')(fleet)).toBe(false);
  });

  test.each(scenarios)('accept %s', (file) => {
    expect(validatorOf('examples/scenario.schema.json')(parse(current(file)))).toBe(true);
  });

  test('reject an unknown fault', () => {
    const scenario = { faults: [{ fault: 'earthquake' }] };

    expect(validatorOf('examples/scenario.schema.json')(scenario)).toBe(false);
  });

  test.each(['examples/fleet.yaml', ...scenarios])('are named in the first line of %s', (file) => {
    const [first = ''] = current(file).split('\n');

    const named = /^# yaml-language-server: \$schema=(.+)$/.exec(first)?.[1] ?? '';
    const schema = new URL(named, `file://${process.cwd()}/${file}`);
    expect(JSON.parse(readFileSync(schema, 'utf8'))).toHaveProperty('title');
  });
});

describe('the page about scenarios', () => {
  test.each(Object.keys(scheduledFaults))('has a row for the fault %s', (fault) => {
    expect(current('docs/scenarios.md')).toContain(`\n| \`${fault}\` |`);
  });

  test.each(scenarios)('has a row for %s', (file) => {
    expect(current('docs/scenarios.md')).toContain(`](../${file})`);
  });
});
