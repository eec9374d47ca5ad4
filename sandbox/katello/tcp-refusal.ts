import type { Names } from '../machines/names.ts';

/**
 * The words of Ruby's Net::HTTP for a connection that is not made: one that is dropped ends by the open time-out,
 * whose message is "execution expired" (https://github.com/ruby/net-http/blob/master/lib/net/http.rb, `connect`).
 */
export const tcpRefusal = (names: Names, host: string, port: number): string => {
  const isDropped = names.barrier(host, 'katello', port) !== null;
  const reason = isDropped ? 'execution expired' : 'Connection refused';
  return `Failed to open TCP connection to ${host}:${port} (${reason})`;
};
