/** A turn of phrase that a native speaker would not write, with an example and what to write instead. */
export interface BannedTurn {
  readonly turn: RegExp;
  readonly example: string;
  readonly instead: string;
}

// biome-ignore format: one line a turn.
export const bannedTurns: readonly BannedTurn[] = [
  { turn: /\bput(s|ting)? (.{0,20} )?back\b/i, example: 'everything is put back', instead: 'roll back, rollback or return' },
  { turn: /\b(that|which) lacks?\b/i, example: 'a permission that lacks', instead: 'a missing …, or without …' },
  { turn: /\b(is|are|was|were|be|been|being) told\b/i, example: 'nobody is told', instead: 'the message says, Slack gets, is reported, is configured' },
  { turn: /\bpass(es)? .{0,12}\bby\b/i, example: 'passes no proxy by', instead: 'skip' },
  { turn: /\b(nobody|no one|somebody)'s\b/i, example: "needs no one's leave", instead: 'only needs …' },
  { turn: /\bmust not be asked\b/i, example: 'it must not be asked again', instead: 'do not retry' },
  { turn: /\byours to\b/i, example: 'the record is yours to delete', instead: 'the imperative: delete … manually' },
  { turn: /\bthat goes\b/i, example: 'a proxy that goes', instead: 'removing a …' },
  { turn: /\bsays? whether\b/i, example: 'says whether it has ended', instead: 'returns, reports or shows whether' },
  { turn: /\bsays? (nothing|of)\b/i, example: 'the listener says nothing of it', instead: 'reports, shows or states' },
  { turn: /\bwhatever it says\b/i, example: 'is read whatever it says', instead: 'whatever it contains' },
  { turn: /\bwhom\b/i, example: 'whom to ask', instead: 'who, or a sentence without it' },
  { turn: /\bfor ever\b/i, example: 'it waits for ever', instead: 'forever' },
  { turn: /\banew\b/i, example: 'baked anew', instead: 'again' },
  { turn: /\bmend(s|ed|ing)?\b/i, example: 'mend the cause', instead: 'fix or correct' },
  { turn: /\b(is|are) at it\b/i, example: 'nothing is at it', instead: 'is working on it' },
  { turn: /\bmost often an?\b/i, example: 'most often a quota', instead: 'usually' },
  { turn: /\bforeseen\b/i, example: 'that is not foreseen', instead: 'supported or planned' },
  { turn: /\bstands? (in|under|behind|below|twice)\b(?! for)/i, example: 'it stands in the file', instead: 'is in, is under, appears twice' },
  { turn: /\bgo(es)? on\b/i, example: 'the sync goes on', instead: 'continue, or keep …ing' },
  { turn: /\bhas come to\b/i, example: 'the sync has come to 9 %', instead: 'is at' },
  { turn: /\bone word too many\b/i, example: 'b: is one word too many', instead: 'unexpected argument' },
  { turn: /\bof its own accord\b/i, example: 'launches of its own accord', instead: 'on its own' },
  { turn: /\bcut off\b/i, example: 'a rebuild that was cut off', instead: 'interrupted, timed out or truncated' },
  { turn: /\bfor want of\b/i, example: 'for want of capacity', instead: 'because … is missing' },
];
