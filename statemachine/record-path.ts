import type { FleetRun } from '../functions/domain/fleet-run.ts';
import type { Sections } from '../functions/domain/sections.ts';

/** Sections that only a Catch writes. */
type Caught = Readonly<
  Record<
    | 'announcementFailure'
    | 'bakeFailure'
    | 'pruningFailure'
    | 'refillFailure'
    | 'rejectionFailure'
    | 'rollbackFailure'
    | 'unlockFailure',
    Sections['failure']
  >
>;

type FieldOf<Value> = Value extends unknown ? keyof Value & string : never;
type FieldIn<Value, Field> = Value extends unknown
  ? Field extends keyof Value
    ? Value[Field]
    : never
  : never;

type PathIn<Record> = {
  [Section in keyof Record & string]: Section | `${Section}.${FieldOf<Record[Section]>}`;
}[keyof Record & string];
type ValueIn<Record, Path> = Path extends `${infer Section}.${infer Field}`
  ? FieldIn<FieldIn<Record, Section>, Field>
  : never;

/** A section of the record of either machine, or a field of a section: `sync.status`. */
export type RecordPath = PathIn<Sections> | PathIn<FleetRun> | PathIn<Caught>;

/** The values that a field may hold. */
export type ValueAt<Path extends RecordPath> =
  | ValueIn<Sections, Path>
  | ValueIn<FleetRun, Path>
  | ValueIn<Caught, Path>;

/** Sections of steps that say how long to wait until the next run. */
export type PolledSection = RecordPath extends infer Path
  ? Path extends `${infer Section}.waitSeconds`
    ? Section
    : never
  : never;

export const pathTo = <Path extends RecordPath>(path: Path) => `$.${path}` as const;
