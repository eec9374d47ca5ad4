import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { fleetSchema } from '../../functions/domain/fleet.ts';
import { exitCodes, runProgram } from '../../terminal/program.ts';
import { scenarioSchema } from '../scenario/scenario.ts';

/** Generated from the schemas: JSON Schemas for editors, and the tables of keys in the docs. */
type JsonSchema = z.core.JSONSchema.BaseSchema;

const root = new URL('../../', import.meta.url);
const pathOf = (file: string): string => fileURLToPath(new URL(file, root));

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const jsonSchemaOf = (schema: z.ZodType, title: string): JsonSchema => ({
  title,
  ...z.toJSONSchema(schema, {
    // The version that the YAML language server knows.
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.description !== undefined)
        jsonSchema.description = sentence(jsonSchema.description);
      // Formats that not every validator knows; the pattern beside each says the same.
      if (/^(cidr|date-time)/.test(jsonSchema.format ?? '')) delete jsonSchema.format;
      // Every whole number of JavaScript has this bound, so that the reference omits it.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  }),
});

interface Row {
  readonly path: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every key below a schema, sections before their keys. */
const rowsBelow = (schema: JsonSchema, prefix = ''): readonly Row[] => {
  const forms = schema.anyOf ?? [];
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, value]): readonly Row[] => {
    if (!isSchema(value)) return [];
    const isRequired = schema.required?.includes(key) ?? false;
    const path = `${prefix}${key}`;
    return [{ path, schema: value, isRequired }, ...rowsBelow(value, `${path}.`)];
  });
  const items = isSchema(schema.items) ? rowsBelow(schema.items, prefix.replace(/\.$/, '[].')) : [];
  const named = isSchema(schema.additionalProperties)
    ? rowsBelow(schema.additionalProperties, `${prefix}<name>.`)
    : [];
  // One of several forms is enough, so none of their keys is required by itself.
  const either = forms.flatMap((form) =>
    isSchema(form) ? rowsBelow(form, prefix).map((row) => ({ ...row, isRequired: false })) : [],
  );
  return [...own, ...items, ...named, ...either];
};

const code = (value: unknown): string =>
  `\`${typeof value === 'string' ? value : JSON.stringify(value).replaceAll(',', ', ')}\``;

const isEmptySection = (value: unknown): boolean =>
  isSchema(value) && Object.keys(value).length === 0;

const defaultOf = ({ schema, isRequired }: Row): string => {
  if (isRequired) return 'required';
  if (schema.default === undefined || isEmptySection(schema.default)) return '';
  return code(schema.default);
};

const limitsOf = ({ schema }: Row): string => {
  const choices = schema.enum ?? (isSchema(schema.items) ? schema.items.enum : undefined);
  if (choices !== undefined) return ` (${choices.map(code).join(', ')})`;
  const { minimum, maximum } = schema;
  return minimum !== undefined && maximum !== undefined ? ` (${minimum} to ${maximum})` : '';
};

const keyTable = (schema: JsonSchema): string =>
  [
    '| key | what it is | default |',
    '|---|---|---|',
    ...rowsBelow(schema).map(
      (row) =>
        `| \`${row.path}\` | ${row.schema.description ?? ''}${limitsOf(row)} | ${defaultOf(row)} |`,
    ),
  ].join('\n');

const withTable = (text: string, name: string, table: string): string => {
  const [begin, end] = [`<!-- ${name}: written by npm run schema -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The marks "${begin}" and "${end}" are missing.`);
  return `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`;
};

/** JSON as the formatter of this repository has it: a list of plain values on one line, where it fits. */
const renderJson = (schema: JsonSchema): string =>
  `${JSON.stringify(schema, null, 2)}\n`.replace(
    /^( *)("[^"]+": )?\[\n([^[\]{}]+?)\n *\](,?)$/gm,
    (whole, indent: string, key: string | undefined, entries: string, comma: string) => {
      const line = `${indent}${key ?? ''}[${entries.replace(/\s*\n\s*/g, ' ').trim()}]${comma}`;
      return line.length <= 100 ? line : whole;
    },
  );

/** Each file that is written, or has a part that is, with the text that it should have. */
export const generated = (): ReadonlyMap<string, string> => {
  const fleet = jsonSchemaOf(fleetSchema, 'Fleet file of smart-proxy-rebuilder');
  const scenario = jsonSchemaOf(scenarioSchema, 'Scenario of the sandbox of smart-proxy-rebuilder');
  const page = (file: string, schema: JsonSchema): string =>
    withTable(readFileSync(pathOf(file), 'utf8'), 'keys', keyTable(schema));
  return new Map([
    ['examples/fleet.schema.json', renderJson(fleet)],
    ['examples/scenario.schema.json', renderJson(scenario)],
    ['docs/fleet-file.md', page('docs/fleet-file.md', fleet)],
    ['docs/scenarios.md', page('docs/scenarios.md', scenario)],
  ]);
};

export const current = (file: string): string => readFileSync(pathOf(file), 'utf8');

const usage = {
  call: 'npm run schema --',
  purpose:
    'Writes the JSON Schemas of fleet files and scenarios in examples/, and the tables of keys ' +
    'in docs/.',
  options: {},
};

if (import.meta.main)
  await runProgram(usage, () => {
    for (const [file, text] of generated()) {
      writeFileSync(pathOf(file), text);
      process.stdout.write(`${file}\n`);
    }
    return exitCodes.done;
  });
