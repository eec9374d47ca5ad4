import type { Random } from '../kernel/random.ts';

const names = [
  'foreman-proxy',
  'glibc',
  'httpd',
  'kernel',
  'openssl',
  'postgresql-server',
  'pulpcore',
  'redis',
  'tzdata',
  'vim-minimal',
];

/** What `rpm -qa` would list on an image; some packages are newer than on the one before. */
export const somePackages = (random: Random): string =>
  names.map((name) => `${name}-${1 + Math.floor(random.next() * 3)}.0-1.el9.x86_64`).join('\n');
