import { App } from 'aws-cdk-lib';
import { exitCodes, reportBadInput } from '../terminal/program.ts';
import { builtCode } from './bundling/bundle.ts';
import { cachedBundles } from './bundling/cache.ts';
import { deployment } from './deployment.ts';
import { readSettings } from './settings.ts';

/** What the CDK's command line runs: `npx cdk deploy --all`. */
await reportBadInput(async () => {
  // Of this one only the context is wanted; by itself it would write an empty deployment at the end.
  const { node } = new App({ autoSynth: false });
  const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
  const defaults: Readonly<Record<string, unknown>> = { account, region };
  const settings = readSettings((key) => node.tryGetContext(key) ?? defaults[key]);
  deployment(settings, builtCode(await cachedBundles())).app.synth();
  return exitCodes.done;
});
