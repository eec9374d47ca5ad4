/** A fleet file without problems, for tests to break; no line occurs twice. */
export const goodFleet = `fleet: europe
katello:
  url: https://katello.example.com
  ca: /europe/ca
  credentials: { login: /europe/login, token: /europe/token }
  organization: Example
cycle:
  limitDays: 21
  softLimitDays: 14
  timeZone: Europe/Berlin
  windows: [{ days: [sat, sun], from: "22:00", to: "04:00" }]
  canary: north
image:
  base: { parameter: /europe/base }
  foremanVersion: "3.19"
  katelloVersion: "4.21"
slack: { webhook: /europe/slack }
network:
  vpcId: vpc-0a1b2c3d
  subnetIds: [subnet-0a1b2c31, subnet-0a1b2c32]
  availabilityZones: [eu-central-1a, eu-central-1b]
  clientCidrs: [10.0.0.0/8, "fd00::/8"]
  katelloCidrs: [10.20.0.0/24]
  hostedZone: { id: Z0123456789, name: example.com }
proxies:
  - name: north
    serviceName: north.example.com
    controlName: north-control.example.com
    volumeGib: 300
    features: [pulpcore, script, tftp]
    persisted: { tftp: on a shared volume }
    remoteExecutionKey: /europe/north/key
    certs: { key: north.tar }
  - name: south
    serviceName: south.example.com
    certs: { key: south.tar }
`;

/** The good file with one text replaced by another. */
export const fleetWith = (from: string, to: string): string => {
  if (!goodFleet.includes(from)) throw new Error(`The good fleet file has no "${from}"`);
  return goodFleet.replace(from, () => to);
};
