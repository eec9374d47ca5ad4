/** A seeded stream of numbers: the only source of chance in a simulated run. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** The next number in [0, 1). Mulberry32: 32 bits of state, enough for schedules and ids. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** Each order of magnitude is as likely: of durations most are short, and some are very long. */
  betweenByRatio(low: number, high: number): number {
    return low * (high / low) ** this.next();
  }

  /** `count` hexadecimal digits, for ids. */
  hex(count: number): string {
    return Array.from({ length: count }, () => Math.floor(this.next() * 16).toString(16)).join('');
  }

  uuid(): string {
    return [8, 4, 4, 4, 12].map((digits) => this.hex(digits)).join('-');
  }
}
