import { describe, expect, test } from '@jest/globals';
import {
  describeEarlyExpiry,
  expiresTooEarly,
  hasExpired,
} from '../../functions/domain/certificates.ts';

const now = new Date('2026-11-02T12:00:00.000Z');
const cycle = { limitDays: 21 };
const expiring = (expiresAt: string) => ({
  file: 'ssl-build/berlin/berlin-apache.crt',
  subject: 'CN=berlin',
  expiresAt,
});

describe('a certificate', () => {
  test.each([
    ['2026-11-02T12:00:00Z', true, true],
    ['2026-11-02T12:00:01Z', false, true],
    // 21 days and the margin of a week.
    ['2026-11-30T11:59:59Z', false, true],
    ['2026-11-30T12:00:00Z', false, false],
  ])('until %s has expired: %s, expires too early: %s', (expiresAt, isExpired, isTooEarly) => {
    expect(hasExpired(expiring(expiresAt), now)).toBe(isExpired);
    expect(expiresTooEarly(expiring(expiresAt), cycle, now)).toBe(isTooEarly);
  });

  test('that expires too early is described by file, subject, dates and the way out', () => {
    expect(describeEarlyExpiry(expiring('2026-11-12T00:00:00Z'), cycle, now)).toBe(
      'ssl-build/berlin/berlin-apache.crt in certs.tar (CN=berlin) expires at 2026-11-12T00:00:00Z, but an instance ' +
        'built now needs it until 2026-11-30: cycle.limitDays and 7 days; generate certs.tar again and upload it',
    );
  });
});
