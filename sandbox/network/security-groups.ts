import { BlockList } from 'node:net';
import type { Firewall, GroupName, Rule } from '../../deployment/firewall.ts';

/** One end of a connection. */
export interface Party {
  /** The security group that the deployment puts it in; `null` for what has none of ours. */
  readonly group: GroupName | null;
  /** The CIDR blocks that contain its address; empty if the address is not configured anywhere. */
  readonly cidrs: readonly string[];
}

/** A new connection. Answers need no rule: security groups are stateful. */
export interface Connection {
  readonly from: Party;
  readonly to: Party;
  readonly port: number;
  readonly protocol: Rule['protocol'];
}

interface Block {
  readonly address: string;
  readonly bits: number;
  readonly family: 'ipv4' | 'ipv6';
}

const blockOf = (cidr: string): Block => {
  const [address = '', bits = ''] = cidr.split('/');
  return { address, bits: Number(bits), family: address.includes(':') ? 'ipv6' : 'ipv4' };
};

/** Whether every address of the one block is in the other. */
export const covers = (outerCidr: string, innerCidr: string): boolean => {
  const [outer, inner] = [blockOf(outerCidr), blockOf(innerCidr)];
  if (outer.family !== inner.family || outer.bits > inner.bits) return false;
  const list = new BlockList();
  list.addSubnet(outer.address, outer.bits, outer.family);
  return list.check(inner.address, inner.family);
};

/** Whether rules of a group allow a connection with its other end: all of it, wherever that is in its blocks. */
const allow = (
  rules: readonly Rule[],
  { group, cidrs }: Party,
  { port, protocol }: Connection,
): boolean => {
  const peers = rules
    .filter((rule) => rule.port === port && rule.protocol === protocol)
    .map(({ peer }) => peer);
  if (peers.some((peer) => 'group' in peer && peer.group === group)) return true;
  const isCovered = (cidr: string): boolean =>
    peers.some((peer) => 'cidr' in peer && covers(peer.cidr, cidr));
  return cidrs.length > 0 && cidrs.every(isCovered);
};

/**
 * Whether the security groups let a new connection through. What no rule allows is dropped without an answer, so
 * that whoever connects waits for its own time-out: "Security group rules" and "Amazon EC2 security group
 * connection tracking" in the guides of VPC and EC2
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html).
 */
export const isLetThrough = (firewall: Firewall, connection: Connection): boolean => {
  const { from, to } = connection;
  const isLetOut = from.group === null || allow(firewall[from.group].egress, to, connection);
  const isLetIn = to.group === null || allow(firewall[to.group].ingress, from, connection);
  return isLetOut && isLetIn;
};
