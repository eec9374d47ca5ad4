import type { StoryEvent } from './story-event.ts';

const barCells = 20;
const stepPercent = 10;
const quietSeconds = 2 * 3600;

interface Told {
  readonly percent: number;
  readonly atSeconds: number;
}

export const progressBar = (percent: number): string => {
  const full = Math.round((Math.min(100, Math.max(0, percent)) / 100) * barCells);
  return `[${'█'.repeat(full)}${'░'.repeat(barCells - full)}] ${String(Math.round(percent)).padStart(3)} %`;
};

/** The first percentage in a text, such as 28 in `Katello reports 28 %`. */
export const percentIn = (text: string): number | null => {
  const digits = text.match(/(\d+(?:\.\d+)?)\s?%/)?.[1];
  return digits === undefined ? null : Number(digits);
};

/**
 * Selects the progress reports worth a line: every 10 %, every drop (Katello's progress drops when it learns
 * of more steps), the end, and one every two hours as a sign of life.
 */
export class Progress {
  readonly #told = new Map<string | null, Told>();

  /** Each phase starts a new sync. */
  forget(proxy: string | null): void {
    this.#told.delete(proxy);
  }

  /** The line for this report, or `null` when there is too little news. */
  tell(event: StoryEvent, text: string): string | null {
    const percent = percentIn(text);
    if (percent === null) return text;
    const last = this.#told.get(event.proxy);
    if (last !== undefined && !this.#isNews(last, { percent, atSeconds: event.atSeconds })) {
      return null;
    }
    this.#told.set(event.proxy, { percent, atSeconds: event.atSeconds });
    const fallen =
      last !== undefined && percent < last.percent ? '  (Katello found more to do)' : '';
    return `sync ${progressBar(percent)}${fallen}`;
  }

  #isNews(last: Told, now: Told): boolean {
    if (now.percent >= 100) return last.percent < 100;
    return (
      Math.floor(now.percent / stepPercent) > Math.floor(last.percent / stepPercent) ||
      now.percent <= last.percent - stepPercent / 2 ||
      now.atSeconds - last.atSeconds >= quietSeconds
    );
  }
}
