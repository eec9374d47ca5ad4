import { NamedFailure } from './failures.ts';

/** One package of an image, with all its installed versions: several kernels may be installed. */
export interface InstalledPackage {
  readonly name: string;
  readonly versions: readonly string[];
}

export interface UpdatedPackage {
  readonly name: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** What differs in a new image. Each list has the packages relevant to security first. */
export interface PackageChanges {
  readonly added: readonly InstalledPackage[];
  readonly removed: readonly InstalledPackage[];
  readonly updated: readonly UpdatedPackage[];
}

/** Packages that face a network or guard a secret, and those that they are built on. */
const securityRelevant =
  /^(kernel|glibc|openssl|openssh|gnutls|nss|nspr|krb5|libssh|ca-certificates|crypto-policies|selinux|pam|polkit|sudo|systemd|shadow-utils|gnupg2|rpm|dnf|curl|libcurl|httpd|mod_ssl|mod_http2|nghttp2|libnghttp2|postgresql|redis|valkey|foreman|pulpcore|python3\.\d+-pulp|rubygem-smart_proxy|rubygem-rack|rubygem-sinatra|puppet|openvox|ansible|cloud-init|amazon-ssm-agent)(-|$)/;

export const isSecurityRelevant = (name: string): boolean => securityRelevant.test(name);

/** `name-version-release.arch`, as `rpm -qa` prints it; a GPG key has no architecture. */
const line = /^(?<name>.+)-(?<version>[^-]+-[^-]+?)(?:\.(?<arch>noarch|x86_64|aarch64|i[3-6]86))?$/;

const quotedMax = 200;

/**
 * The packages of a list. The architecture is part of the identity, because a library can be installed for
 * two of them, and part of the name only if it is not the usual one.
 */
const parse = (list: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const packages = new Map<string, string[]>();
  for (const text of list) {
    if (text === '') continue; // Left over from splitting the file at its line ends.
    const found = line.exec(text)?.groups;
    if (found === undefined) {
      const quoted = JSON.stringify(text.slice(0, quotedMax));
      throw new NamedFailure('UnexpectedAnswer', `not a line of rpm -qa: ${quoted}`);
    }
    const { name, version, arch } = found;
    const identity = arch?.startsWith('i') ? `${name}.${arch}` : `${name}`;
    packages.set(identity, [...(packages.get(identity) ?? []), `${version}`]);
  }
  return packages;
};

const inOrder = <Named extends { readonly name: string }>(packages: readonly Named[]): Named[] =>
  [...packages].sort(
    (a, b) =>
      Number(isSecurityRelevant(b.name)) - Number(isSecurityRelevant(a.name)) ||
      (a.name < b.name ? -1 : 1),
  );

const missingFrom = (
  other: ReadonlyMap<string, readonly string[]>,
  packages: ReadonlyMap<string, readonly string[]>,
): readonly InstalledPackage[] =>
  inOrder(
    [...packages]
      .filter(([name]) => !other.has(name))
      .map(([name, versions]) => ({ name, versions })),
  );

const without = (versions: readonly string[], others: readonly string[]): readonly string[] =>
  versions.filter((version) => !others.includes(version));

const updatedBetween = (
  before: ReadonlyMap<string, readonly string[]>,
  after: ReadonlyMap<string, readonly string[]>,
): readonly UpdatedPackage[] =>
  inOrder(
    [...before].flatMap(([name, versions]) => {
      const now = after.get(name);
      if (now === undefined) return [];
      const [from, to] = [without(versions, now), without(now, versions)];
      return from.length + to.length === 0 ? [] : [{ name, from, to }];
    }),
  );

/** What changed between two lists of `rpm -qa`. A line that is not a package is an error, never skipped. */
export const packageChanges = (
  before: readonly string[],
  after: readonly string[],
): PackageChanges => {
  const [old, now] = [parse(before), parse(after)];
  return {
    added: missingFrom(old, now),
    removed: missingFrom(now, old),
    updated: updatedBetween(old, now),
  };
};
