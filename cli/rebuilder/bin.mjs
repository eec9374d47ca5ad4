#!/usr/bin/env node
/**
 * The command `smart-proxy-rebuilder` of a checkout, wherever it is called from. Plain JavaScript for the
 * machine's own Node: the command itself is TypeScript and needs the checkout's, which is installed if it
 * is not there yet.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import '../install.mjs';

const pathOf = (file) => fileURLToPath(new URL(file, import.meta.url));

const { status, signal, error } = spawnSync(
  pathOf('../../node_modules/.bin/node'),
  ['--disable-warning=ExperimentalWarning', pathOf('../rebuilder.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
if (error) throw error;
if (signal) process.kill(process.pid, signal);
process.exitCode = status ?? 1;
