import { awsEnvironment } from './environment.ts';
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  variables: process.env,
  connect: awsEnvironment,
});
