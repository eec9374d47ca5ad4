import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { matches } from '../../../sandbox/world/event-matching.ts';

interface Recorded {
  readonly pattern: never;
  readonly event: never;
  readonly matches: boolean;
}

/**
 * Answers of AWS's own engine, https://github.com/aws/event-ruler 1.8.1: whether `Machine.rulesForJSONEvent` finds
 * the pattern for the event.
 */
const recorded = JSON.parse(
  readFileSync(new URL('./event-ruler-1.8.1.json', import.meta.url), 'utf8'),
) as readonly Recorded[];

describe('an event pattern', () => {
  test("matches as in AWS's own engine", () => {
    const own = recorded.map((each) => ({ ...each, matches: matches(each.pattern, each.event) }));

    expect(own).toEqual(recorded);
  });

  test.each([
    [{ suffix: '.png' }],
    [{ 'anything-but': 'x' }],
    [{ 'anything-but': { prefix: 'x' } }],
    [{ wildcard: '\\*' }],
    [{ prefix: 'x', suffix: 'y' }],
    [{}],
  ])('with %j is an error: the sandbox does not know it', (condition) => {
    const pattern = { detail: { x: [condition] } } as never;

    expect(() => matches(pattern, { detail: { x: 'x' } } as never)).toThrow('does not know');
  });
});
