export interface PhaseSpan {
  readonly name: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Which phases an execution went through, and when. */
export class PhaseLog {
  readonly #spans: { readonly name: string; readonly startSeconds: number; endSeconds: number }[] =
    [];
  #isOpen = false;

  begin(phase: string, atSeconds: number): void {
    this.end(atSeconds);
    this.#spans.push({ name: phase, startSeconds: atSeconds, endSeconds: atSeconds });
    this.#isOpen = true;
  }

  end(atSeconds: number): void {
    const last = this.#spans.at(-1);
    if (last !== undefined && this.#isOpen) last.endSeconds = atSeconds;
    this.#isOpen = false;
  }

  spans(nowSeconds: number): readonly PhaseSpan[] {
    return this.#spans.map((span, index) =>
      this.#isOpen && index === this.#spans.length - 1
        ? { ...span, endSeconds: nowSeconds }
        : { ...span },
    );
  }
}
