import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

let clone: string;

const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), text);
  chmodSync(join(clone, path), 0o755);
};

const setAge = (path: string, days: number): void => {
  const at = new Date(Date.parse('2026-01-01T00:00:00Z') - days * 86_400_000);
  utimesSync(join(clone, path), at, at);
};

const nodeThatSays = (version: string): string => `#!/bin/sh\necho ${version}\n`;

/** A command `npm` that installs nothing but a Node of this version, and says a lot. */
const putNpm = (version: string, exitCode: number): void =>
  put(
    'bin/npm',
    `#!/bin/sh
echo "much to say about $*"; echo "and a warning" >&2; echo "$*" >> "${clone}/calls"
mkdir -p node_modules/.bin; echo {} > node_modules/.package-lock.json
printf '#!/bin/sh\\necho ${version}\\n' > node_modules/.bin/node; chmod +x node_modules/.bin/node
exit ${exitCode}
`,
  );

const install = (): { status: number | null; stdout: string; stderr: string } => {
  const env = { ...process.env, PATH: `${join(clone, 'bin')}:/usr/bin:/bin` };
  const script = join(clone, 'cli/install.mjs');
  return spawnSync(process.execPath, [script], { env, encoding: 'utf8' });
};

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'smart-proxy-clone-'));
  put('package.json', JSON.stringify({ devDependencies: { node: '24.21.0' } }));
  put('package-lock.json', '{}');
  mkdirSync(join(clone, 'cli'));
  cpSync('cli/install.mjs', join(clone, 'cli/install.mjs'));
  putNpm('v24.21.0', 0);
});

afterEach(() => rmSync(clone, { recursive: true }));

const putInstalled = (version = 'v24.21.0'): void => {
  put('node_modules/.package-lock.json', '{}');
  put('node_modules/.bin/node', nodeThatSays(version));
};

describe('in a fresh clone', () => {
  test('asks npm for the locked versions, with those that only development needs', () => {
    install();

    expect(readFileSync(join(clone, 'calls'), 'utf8')).toMatch(/^ci .*--include=dev/);
  });

  test('installs, and says so on stderr in two lines', () => {
    const { status, stdout, stderr } = install();

    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toMatch(/^Installing the packages .*\nInstalled in \d+ s\.\n$/);
  });

  test('shows what npm said when that fails', () => {
    putNpm('v24.21.0', 1);

    const { status, stdout, stderr } = install();

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/much to say about ci .*and a warning.*npm ci has failed/s);
  });

  test('says what to do when the right Node did not come with the packages', () => {
    putNpm('v20.1.0', 0);

    const { status, stderr } = install();

    expect(status).toBe(1);
    expect(stderr).toContain('node_modules/.bin/node must be Node 24, but is v20.1.0. Allow');
  });
});

describe('when the packages are there', () => {
  test('is silent and leaves them', () => {
    putInstalled();
    setAge('package-lock.json', 1);

    expect(install()).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  test('installs again when the lock file is newer', () => {
    putInstalled();
    setAge('node_modules/.package-lock.json', 1);

    expect(install().stderr).toContain('Installed');
  });

  test('installs again when an installation was interrupted', () => {
    putInstalled();
    rmSync(join(clone, 'node_modules/.package-lock.json'));

    expect(install().stderr).toContain('Installed');
  });

  test('refuses a wrong Node', () => {
    putInstalled('v22.0.0');
    setAge('package-lock.json', 1);

    expect(install()).toMatchObject({ status: 1, stdout: '' });
  });
});
