/** Ids of Katello's database. An environment has one id, whichever proxy serves it. */
export class Ids {
  readonly #environments = new Map<string, number>();
  #last = 100;

  readonly next = (): number => {
    this.#last += 1;
    return this.#last;
  };

  environment(name: string): number {
    const id = this.#environments.get(name) ?? this.#environments.size + 1;
    this.#environments.set(name, id);
    return id;
  }
}
