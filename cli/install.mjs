/**
 * Makes sure that the packages are installed before anything needs them. Plain JavaScript for Node 20,
 * without a dependency, because it runs when there is nothing but Node and npm. Writes to stderr only:
 * stdout belongs to the command that npm runs next.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (text) => process.stderr.write(`${text}\n`);

const fail = (text) => {
  say(text);
  process.exit(1);
};

const changedAt = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** npm writes its own lock file last, so that it is missing after an installation that was cut off. */
const isInstalled = () =>
  changedAt('node_modules/.package-lock.json') >= changedAt('package-lock.json');

/** Without the packages' own commands: npm must not run on a Node that it is about to replace. */
const outsidePath = () =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')))
    .join(delimiter);

const install = () => {
  say('Installing the packages (npm ci), once, which takes about a minute …');
  const begunAt = Date.now();
  const { status, error, stdout, stderr } = spawnSync(
    'npm',
    ['ci', '--include=dev', '--no-audit', '--no-fund'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      shell: process.platform === 'win32',
      env: { ...process.env, PATH: outsidePath(), NODE_OPTIONS: '' },
    },
  );
  if (error) fail(`npm could not be run (${error.message}): install Node 20 or newer with npm.`);
  if (status !== 0) fail(`${stdout}${stderr}\nnpm ci has failed: see above; then run it again.`);
  say(`Installed in ${Math.round((Date.now() - begunAt) / 1000)} s.`);
};

const wantedMajor = () => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return devDependencies.node.split('.')[0];
};

/** The package `node` fetches its binary in an install script, which npm can be told to skip. */
const checkNode = () => {
  const binary = join(root, 'node_modules', '.bin', 'node');
  const { stdout } = spawnSync(binary, ['--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const wanted = wantedMajor();
  if (stdout?.startsWith(`v${wanted}.`)) return;
  const met = stdout?.trim() || 'nothing that runs';
  fail(
    `node_modules/.bin/node must be Node ${wanted}, but is ${met}. Allow install scripts ` +
      '(npm config set ignore-scripts false), remove node_modules, and run this again.',
  );
};

const [major] = process.versions.node.split('.');
if (Number(major) < 20) fail(`Node 20 or newer is needed; this is ${process.version}.`);
if (!isInstalled()) install();
checkNode();
