/** A line of the narration. */
export interface StoryEvent {
  readonly atSeconds: number;
  readonly proxy: string | null;
  readonly kind: string;
  readonly text: string;
}
