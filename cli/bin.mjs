#!/usr/bin/env node
/**
 * The command of a checkout, wherever it is called from. Plain JavaScript for the machine's own Node: the
 * command itself is TypeScript and needs the checkout's, which is installed if it is not there yet.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pathOf = (file) => fileURLToPath(new URL(file, import.meta.url));
const node = pathOf('../node_modules/.bin/node');

// An operator's call in the middle of an outage is no moment to bring packages up to date.
if (!existsSync(node)) await import('./install.mjs');

const { status, signal, error } = spawnSync(
  node,
  ['--disable-warning=ExperimentalWarning', pathOf('./rebuilder.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
if (error) throw error;
if (signal) process.kill(process.pid, signal);
process.exitCode = status ?? 1;
