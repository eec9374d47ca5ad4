import { readFileSync } from 'node:fs';
import {
  type Fleet,
  katelloFqdnOf,
  katelloNameOf,
  layoutOf,
  type SmartProxy,
} from '../../functions/domain/fleet.ts';

const template = new URL('../../ansible/user-data.yaml', import.meta.url);

export interface UserDataProps {
  readonly fleet: Fleet;
  readonly proxy: SmartProxy;
  readonly region: string;
  readonly certsBucket: string;
  readonly logGroup: string;
}

const valuesOf = (props: UserDataProps): Readonly<Record<string, string>> => {
  const { fleet, proxy } = props;
  return {
    region: props.region,
    proxyName: proxy.name,
    certificateName: katelloNameOf(proxy),
    serviceName: proxy.serviceName,
    layout: layoutOf(proxy),
    katelloHost: katelloFqdnOf(fleet.katello),
    katelloCaSource: fleet.katello.ca,
    certsBucket: props.certsBucket,
    certsKey: proxy.certs.key,
    certsSha256: proxy.certs.sha256 ?? '',
    features: JSON.stringify(proxy.features),
    remoteExecutionKeyParameter: proxy.remoteExecutionKey ?? '',
    logGroup: props.logGroup,
  };
};

/** The user data of an instance, in the format of ansible/user-data.yaml. It holds no secret. */
export const userData = (props: UserDataProps): string => {
  const values = valuesOf(props);
  return readFileSync(template, 'utf8').replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`user-data.yaml: nothing fills \${${name}}`);
    return value;
  });
};
