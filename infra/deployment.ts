import { App, type AppProps, PermissionsBoundary, type StackProps, Tags } from 'aws-cdk-lib';
import { tagNames } from '../functions/domain/resource-names.ts';
import type { CodeSource } from './bundling/code.ts';
import { ControllerStack } from './controller/controller-stack.ts';
import { stackNames } from './names.ts';
import { ProxyStack } from './proxy/proxy-stack.ts';
import type { Settings } from './settings.ts';
import { SharedStack } from './shared/shared-stack.ts';

export interface Deployment {
  readonly app: App;
  readonly shared: SharedStack;
  readonly controller: ControllerStack;
  readonly proxies: ReadonlyMap<string, ProxyStack>;
}

/** Without both, the templates fit any account and region. */
const environmentOf = ({ account, region }: Settings): StackProps =>
  account === undefined && region === undefined
    ? {}
    : { env: { ...(account && { account }), ...(region && { region }) } };

const boundaryOf = ({ permissionsBoundary }: Settings): StackProps =>
  permissionsBoundary === undefined
    ? {}
    : { permissionsBoundary: PermissionsBoundary.fromArn(permissionsBoundary) };

/** All stacks of one fleet. */
export const deployment = (
  settings: Settings,
  code: CodeSource,
  appProps: AppProps = {},
): Deployment => {
  const { fleet, proxies } = settings.fleet;
  const app = new App({ ...appProps, analyticsReporting: false });
  const common = { ...environmentOf(settings), ...boundaryOf(settings), settings };
  const shared = new SharedStack(app, 'Shared', {
    ...common,
    code,
    stackName: stackNames.shared(fleet),
  });
  const made = proxies.map((proxy): [string, ProxyStack] => [
    proxy.name,
    new ProxyStack(app, `Proxy-${proxy.name}`, {
      ...common,
      proxy,
      shared,
      stackName: stackNames.proxy(fleet, proxy.name),
    }),
  ]);
  const controller = new ControllerStack(app, 'Controller', {
    ...common,
    code,
    shared,
    stackName: stackNames.controller(fleet),
  });
  Tags.of(app).add(tagNames.fleet, fleet);
  return { app, shared, controller, proxies: new Map(made) };
};
