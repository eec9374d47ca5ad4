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

/** The repositories that images are baked from: versions only rise, so that an image is never older than the last. */
export class Packages {
  readonly #majors = new Map<string, number>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** What `rpm -qa` lists on an image that is baked now; some packages are newer than on the one before. */
  listNow(): string {
    return names
      .map((name) => {
        const major = (this.#majors.get(name) ?? 1) + Math.floor(this.#random.next() * 3);
        this.#majors.set(name, major);
        return `${name}-${major}.0-1.el9.x86_64`;
      })
      .join('\n');
  }
}
