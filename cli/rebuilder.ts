import { awsOutside } from './rebuilder/aws-outside.ts';
import { run } from './rebuilder/run.ts';

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  outside: awsOutside,
});
