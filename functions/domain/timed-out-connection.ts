/** Where to look when nothing answers and nobody refuses: the packets are dropped on the way. */
export const checkThePath = 'check security groups, network ACLs and routes on that path';

/**
 * How those say it that connect for us: Ruby's Net::HTTP ("execution expired") and RestClient in Foreman and Katello,
 * aiohttp in Pulp on a proxy, Puppet in the installer.
 */
const timedOut =
  /execution expired|timed out connecting|connection timeout to host|timeout calling API at/i;

/** What to do about a text of Katello's that tells of a connection that was not made in time; else nothing. */
export const pathAdviceFor = (text: string): string =>
  timedOut.test(text) ? ` (a connection timed out: ${checkThePath})` : '';
