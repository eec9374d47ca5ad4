import type { Faults } from '../faults/fault.ts';

/** Twenty years: `expiration` in https://github.com/theforeman/puppet-certs/blob/master/manifests/init.pp */
const validDays = 7300;
/** Long enough for any rebuild, and not for the cycle that follows it. */
const soonDays = 10;
const dayMs = 86_400_000;

/** When the first certificate in what lies in S3 for a proxy expires, in a run that began at this instant. */
export const archiveExpiresAt = (faults: Faults, proxy: string, startedAt: number): number => {
  if (faults.holds('certificates-expired', { proxy })) return startedAt - dayMs;
  if (faults.holds('certificates-expire-soon', { proxy })) return startedAt + soonDays * dayMs;
  return freshExpiresAt(startedAt);
};

/** Of the names of a proxy, whether the one that clients use is in the certificate that lies in S3. */
export const archiveCoversClients = (faults: Faults, proxy: string): boolean =>
  !faults.holds('certificate-lacks-name', { proxy });

/** Of certificates that Katello's own CA has just signed. */
export const freshExpiresAt = (startedAt: number): number => startedAt + validDays * dayMs;
