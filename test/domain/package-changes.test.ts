import { describe, expect, test } from '@jest/globals';
import { isSecurityRelevant, packageChanges } from '../../functions/domain/package-changes.ts';

const none = { added: [], removed: [], updated: [] };

describe('packageChanges', () => {
  test('finds nothing between equal lists', () => {
    const list = ['bash-5.1.8-9.el9.x86_64', 'pulpcore-selinux-2.0.1-1.el9.x86_64'];

    expect(packageChanges(list, list)).toEqual(none);
  });

  test('says what was added, removed and updated, with versions', () => {
    const before = ['bash-5.1.8-6.el9.x86_64', 'vim-minimal-8.2.2637-20.el9.x86_64'];
    const after = ['bash-5.1.8-9.el9.x86_64', 'jq-1.6-17.el9.x86_64'];

    expect(packageChanges(before, after)).toEqual({
      added: [{ name: 'jq', versions: ['1.6-17.el9'] }],
      removed: [{ name: 'vim-minimal', versions: ['8.2.2637-20.el9'] }],
      updated: [{ name: 'bash', from: ['5.1.8-6.el9'], to: ['5.1.8-9.el9'] }],
    });
  });

  test('puts what security depends on first, and each part in the order of names', () => {
    const names = ['bash', 'openssl-libs', 'jq', 'kernel-core', 'zlib', 'curl'];
    const before = names.map((name) => `${name}-1.0-1.el9.x86_64`);
    const after = names.map((name) => `${name}-1.1-1.el9.x86_64`);
    const first = ['curl', 'kernel-core', 'openssl-libs', 'bash', 'jq', 'zlib'];

    expect(packageChanges(before, after).updated.map(({ name }) => name)).toEqual(first);
    expect(packageChanges([], after).added.map(({ name }) => name)).toEqual(first);
    expect(packageChanges(before, []).removed.map(({ name }) => name)).toEqual(first);
  });

  test('compares a package that is there several times by its versions', () => {
    const before = ['kernel-core-5.14.0-503.el9.x86_64', 'kernel-core-5.14.0-570.el9.x86_64'];
    const after = ['kernel-core-5.14.0-570.el9.x86_64', 'kernel-core-5.14.0-600.el9.x86_64'];

    expect(packageChanges(before, after).updated).toEqual([
      { name: 'kernel-core', from: ['5.14.0-503.el9'], to: ['5.14.0-600.el9'] },
    ]);
  });

  test('keeps two architectures of one library apart', () => {
    const before = ['glibc-2.34-100.el9.x86_64'];
    const after = ['glibc-2.34-100.el9.i686', 'glibc-2.34-100.el9.x86_64'];

    expect(packageChanges(before, after)).toEqual({
      ...none,
      added: [{ name: 'glibc.i686', versions: ['2.34-100.el9'] }],
    });
  });

  test('reads a key of GPG, which has no architecture', () => {
    const key = 'gpg-pubkey-fd431d51-4ae0493b';

    expect(packageChanges([], [key]).added).toEqual([
      { name: 'gpg-pubkey', versions: ['fd431d51-4ae0493b'] },
    ]);
  });

  test('passes over the empty line at the end of a file', () => {
    expect(packageChanges(['jq-1.6-17.el9.x86_64', ''], ['jq-1.6-17.el9.x86_64'])).toEqual(none);
  });

  test('names the line that is not a package', () => {
    expect(() => packageChanges(['Error: rpmdb'], [])).toThrow(
      'not a line of rpm -qa: "Error: rpmdb"',
    );
  });
});

test.each([
  'openssl',
  'openssh-server',
  'kernel-core',
  'pulpcore',
  'python3.12-pulp-rpm',
  'foreman-proxy',
])('%s is relevant to security', (name) => expect(isSecurityRelevant(name)).toBe(true));

test.each(['bash', 'opensslike', 'kernelshark', 'jq'])('%s is not', (name) =>
  expect(isSecurityRelevant(name)).toBe(false),
);
