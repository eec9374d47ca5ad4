import { describe, expect, test } from '@jest/globals';
import { readFleetFile } from '../../config/fleet-file.ts';
import { problemsOf, withFiles } from './files.ts';
import { fleetWith, goodFleet } from './fleet-text.ts';

const problemsIn = (text: string): readonly string[] =>
  withFiles({ 'fleet.yaml': text }, (pathOf) =>
    problemsOf(() => readFleetFile(pathOf('fleet.yaml'))),
  ).map((line) => line.replace(/^fleet\.yaml:/, ''));

// biome-ignore format: one line a case.
const broken: readonly (readonly [what: string, from: string, to: string, ...problems: string[]])[] = [
  ['an unknown key', 'softLimitDays: 14', 'softLimitDay: 14', '9: cycle.softLimitDay: is not a known key; did you mean softLimitDays? Known: limitDays, softLimitDays, windows, timeZone, soakMinutes, concurrency, canary, attemptsPerDay'],
  ['an unknown key that resembles none', '  canary: north\n', '  canary: north\n  wombat: 3\n', '13: cycle.wombat: is not a known key. Known: limitDays, softLimitDays, windows, timeZone, soakMinutes, concurrency, canary, attemptsPerDay'],
  ['two unknown keys of one section', '  timeZone: Europe/Berlin', '  tz: UTC\n  zone: UTC', '10: cycle.tz: is not a known key. Known: limitDays, softLimitDays, windows, timeZone, soakMinutes, concurrency, canary, attemptsPerDay', '11: cycle.zone: is not a known key. Known: limitDays, softLimitDays, windows, timeZone, soakMinutes, concurrency, canary, attemptsPerDay'],
  ['a missing key', '  organization: Example\n', '', '2: katello.organization: is missing; add the label of the organization whose content the proxies hold'],
  ['a missing section', 'slack: { webhook: /europe/slack }\n', '', '1: slack: is missing; add the Slack channel that gets the messages'],
  ['a key without a value', 'organization: Example', 'organization:', '6: katello.organization: has no value; add the label of the organization whose content the proxies hold'],
  ['an empty text', 'organization: Example', 'organization: ""', '6: katello.organization: must not be empty'],
  ['a number in quotes', 'limitDays: 21', 'limitDays: "21"', '8: cycle.limitDays: must be a number, not text: remove the quotes'],
  ['a word for a number', 'limitDays: 21', 'limitDays: many', '8: cycle.limitDays: must be a number, not text'],
  ['a fraction', 'limitDays: 21', 'limitDays: 20.5', '8: cycle.limitDays: must be a whole number'],
  ['a number that is too large', 'limitDays: 21', 'limitDays: 400', '8: cycle.limitDays: must be at most 365'],
  ['a number that is too small', 'volumeGib: 300', 'volumeGib: 20', '29: proxies[0].volumeGib: must be at least 50'],
  ['an unknown end of a drain', 'slack: {', 'jobs: { afterwards: kill }\nslack: {', '17: jobs.afterwards: must be one of: continue, stop'],
  ['a drain that is too long', 'slack: {', 'jobs: { drainMinutes: 1000 }\nslack: {', '17: jobs.drainMinutes: must be at most 720'],
  ['a drain of one proxy that is too long', 'volumeGib: 300', 'jobs: { drainMinutes: 1000 }', '29: proxies[0].jobs.drainMinutes: must be at most 720'],
  ['a number for a text', '"3.19"', '3.20', '15: image.foremanVersion: must be text, not a number: write it in quotes'],
  ['true for a text', 'fleet: europe', 'fleet: true', '1: fleet: must be text, not true or false: write it in quotes'],
  ['a patch version', '"4.21"', '"4.21.0"', '16: image.katelloVersion: must be two numbers in quotes, such as "3.19"'],
  ['a text for a list', '[10.20.0.0/24]', '10.20.0.0/24', '23: network.katelloCidrs: must be a list, not text: write "- " before each entry'],
  ['a text for a section', '{ key: south.tar }', 'south.tar', '36: proxies[1].certs: must be a section with keys, not text: key, sha256'],
  ['a section for a list', 'windows: [{ days: [sat, sun], from: "22:00", to: "04:00" }]', 'windows: { days: [sat, sun] }', '11: cycle.windows: must be a list, not a section with keys: write "- " before each entry'],
  ['a capital letter', 'fleet: europe', 'fleet: Europe', '1: fleet: must be lower-case letters, digits and single hyphens, starting with a letter, such as eu-west'],
  ['two hyphens in a row', 'fleet: europe', 'fleet: eu--rope', '1: fleet: must be lower-case letters, digits and single hyphens, starting with a letter, such as eu-west'],
  ['a name that is too long', 'fleet: europe', 'fleet: europe-europe-europe-europe-europe', '1: fleet: must be at most 32 characters long'],
  ['an http address', 'https://katello', 'http://katello', '3: katello.url: must be an https:// address without a path, such as https://katello.example.com'],
  ['an address with a path', 'katello.example.com', 'katello.example.com/api', '3: katello.url: must be an https:// address without a path, such as https://katello.example.com'],
  ['a password in an address', 'https://katello', 'https://admin:hunter2@katello', '3: katello.url: must not contain a user or a password: they belong in the parameters of katello.credentials'],
  ['a token for the name of a parameter', '/europe/token', 'ghp_16C7e42F292c6912E7710c', '5: katello.credentials.token: looks like the value itself, which must not be in a file: store it in an SSM parameter, put the name of that parameter here, such as /smart-proxies/europe/token, and rotate the value if it is a secret'],
  ['a webhook for the name of a parameter', '/europe/slack', 'https://hooks.slack.com/services/T0/B0/x', '17: slack.webhook: looks like the value itself, which must not be in a file: store it in an SSM parameter, put the name of that parameter here, such as /smart-proxies/europe/token, and rotate the value if it is a secret'],
  ['a certificate for the name of a parameter', '/europe/ca', '"-----BEGIN CERTIFICATE----- MIIB"', '4: katello.ca: looks like the value itself, which must not be in a file: store it in an SSM parameter, put the name of that parameter here, such as /smart-proxies/europe/token, and rotate the value if it is a secret'],
  ['an image of both forms', '{ parameter: /europe/base }', '{ parameter: /europe/base, id: ami-12345678 }', '14: image.base: must be either { parameter: /name/of/an/ssm/parameter } or { id: ami-0123456789abcdef0 }'],
  ['a short word for the name of a parameter', '/europe/login', 'admin', '5: katello.credentials.login: must be the name of an SSM parameter, such as /smart-proxies/europe/token'],
  ['an unknown weekday', '[sat, sun]', '[sat, sunday]', '11: cycle.windows[0].days[1]: must be one of: sun, mon, tue, wed, thu, fri, sat'],
  ['no weekday', '[sat, sun]', '[]', '11: cycle.windows[0].days: needs at least one day, such as [sat, sun]'],
  ['an impossible time', '"22:00"', '"25:00"', '11: cycle.windows[0].from: must be a time of day from 00:00 to 23:59, such as "01:30"'],
  ['a time without minutes', '"22:00"', '22', '11: cycle.windows[0].from: must be text, not a number: write it in quotes'],
  ['an unknown time zone', 'Europe/Berlin', 'Berlin', '10: cycle.timeZone: must be an IANA time zone, such as Europe/Berlin'],
  ['an unknown feature', 'script, tftp', 'script, tftpp', '30: proxies[0].features[2]: must be one of: pulpcore, registration, templates, logs, httpboot, container-gateway, script, ansible, openscap, tftp, discovery, dhcp, dns, puppet, puppetca, salt, realm, bmc; did you mean tftp?'],
  ['registration without templates', 'script, tftp', 'script, tftp, registration', '30: proxies[0].features: must include templates for registration: its module of smart-proxy requires that of templates'],
  ['httpboot without the files of tftp', 'volumeGib: 300\n    features: [pulpcore, script, tftp]\n    persisted: { tftp: on a shared volume }', 'volumeGib: 300\n    features: [pulpcore, script, httpboot]', '30: proxies[0].features: must include tftp for httpboot: it serves the boot files of tftp'],
  ['a wrong CIDR block', '10.20.0.0/24', '10.20.0.0/33', '23: network.katelloCidrs[0]: must be a CIDR block, such as 10.0.0.0/8'],
  ['one subnet', '[subnet-0a1b2c31, subnet-0a1b2c32]', '[subnet-0a1b2c31]', '20: network.subnetIds: needs at least two subnets, in different availability zones'],
  ['a wrong subnet', 'subnet-0a1b2c31', 'sub-1', '20: network.subnetIds[0]: must be the id of a subnet, such as subnet-0123456789abcdef0'],
  ['a wrong VPC', 'vpc-0a1b2c3d', 'default', '19: network.vpcId: must be the id of a VPC, such as vpc-0123456789abcdef0'],
  ['a wrong hosted zone', 'Z0123456789', 'example', '24: network.hostedZone.id: must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ'],
  ['an image without a form', '{ parameter: /europe/base }', 'ami-0123456789abcdef0', '14: image.base: must be either { parameter: /name/of/an/ssm/parameter } or { id: ami-0123456789abcdef0 }'],
  ['an image of the wrong form', '{ parameter: /europe/base }', '{ id: ubuntu }', '14: image.base.id: must be the id of an image, such as ami-0123456789abcdef0'],
  ['a host name without a domain', 'north.example.com', 'north', '27: proxies[0].serviceName: must be a fully qualified host name in lower case, such as proxy1.example.com'],
  ['a wrong instance type', '    volumeGib: 300', '    instanceType: large', '29: proxies[0].instanceType: must be an instance type, such as m7i.xlarge'],
  ['an instance type for ARM', '    volumeGib: 300', '    instanceType: m7g.xlarge', '29: proxies[0].instanceType: has an ARM processor, but Foreman and Pulp have packages for x86_64 only: use a type such as m7i.xlarge'],
  ['a Mac', '    volumeGib: 300', '    instanceType: mac2-m2.metal', '29: proxies[0].instanceType: is a Mac, but Foreman and Pulp have packages for x86_64 only: use a type such as m7i.xlarge'],
  ['a release that is not known', '"3.19"', '"3.12"', '15: image.foremanVersion: is not a release with known packages for EL9: use one of 3.13, 3.14, 3.15, 3.16, 3.17, 3.18, 3.19, 5.0'],
  ['a Katello of another release', '"4.21"', '"4.19"', '16: image.katelloVersion: does not belong to Foreman 3.19: use "4.21", or change image.foremanVersion'],
  ['containers', '  katelloVersion: "4.21"', '  katelloVersion: "4.21"\n  installer: foremanctl', '17: image.installer: cannot be foremanctl: a proxy of containers registers itself, and knows one name only (docs/decisions/18-one-installer.md). Use foreman-installer, which installs the RPM packages of Foreman 5.0 too'],
  ['an unknown installer', '  katelloVersion: "4.21"', '  katelloVersion: "4.21"\n  installer: katello-installer', '17: image.installer: must be foreman-installer'],
  ['a wrong checksum', '{ key: south.tar }', '{ key: south.tar, sha256: abc }', '36: proxies[1].certs.sha256: must be 64 hexadecimal digits in lower case'],
  ['a soft limit after the limit', 'softLimitDays: 14', 'softLimitDays: 21', '9: cycle.softLimitDays: must be less than limitDays, which is 21'],
  ['a canary that is no proxy', 'canary: north', 'canary: west', '12: cycle.canary: must be a proxy of this file, one of: north, south'],
  ['a window that may stay closed', 'softLimitDays: 14', 'softLimitDays: 18', '11: cycle.windows: leave up to 6 days without an open window, but limitDays (21) - softLimitDays (18) is only 3: add windows, or set softLimitDays to at most 15'],
  ['a window that is too short', 'to: "04:00"', 'to: "22:30"', '11: cycle.windows[0]: is open for 30 minutes: rebuilds start one after another, so keep it open for at least 60'],
  ['a zone too many', '[eu-central-1a, eu-central-1b]', '[eu-central-1a, eu-central-1b, eu-central-1c]', '21: network.availabilityZones: has 3 zones for 2 subnets: list one zone per subnet, in the same order'],
  ['a subnet that occurs twice', 'subnet-0a1b2c32', 'subnet-0a1b2c31', '20: network.subnetIds[1]: repeats subnet-0a1b2c31: remove it and its zone'],
  ['a zone that occurs twice', 'eu-central-1b', 'eu-central-1a', '21: network.availabilityZones[1]: repeats eu-central-1a: a load balancer takes one subnet per zone, so use one in another zone'],
  ['a name that two proxies have', 'name: south', 'name: north', '34: proxies[1].name: repeats north: give each proxy its own name'],
  ['a host name that two proxies have', 'serviceName: south.example.com', 'serviceName: north-control.example.com', '35: proxies[1].serviceName: repeats north-control.example.com: every service name and control name must be unique'],
  ['a certificate that two proxies have', 'south.tar', 'north.tar', '36: proxies[1].certs.key: is also the key of another proxy: certificates are made for one name, so for one proxy'],
  ['two names that are one', 'north-control.example.com', 'north.example.com', '28: proxies[0].controlName: equals serviceName: use another name, or leave it out for the one-name layout'],
  ['a name outside of the hosted zone', 'serviceName: south.example.com', 'serviceName: south.example.org', '35: proxies[1].serviceName: must end with .example.com, the name of the hosted zone'],
  ["Katello's name for a proxy", 'serviceName: south.example.com', 'serviceName: katello.example.com', '35: proxies[1].serviceName: is the host name of Katello: use the name of the proxy'],
  ['a proxy without content', '[pulpcore, script, tftp]', '[script, tftp]', '30: proxies[0].features: must include pulpcore, which serves the content'],
  ['a feature that occurs twice', 'script, tftp', 'script, tftp, script', '30: proxies[0].features[3]: repeats script: remove it'],
  ['remote execution without its key', '    remoteExecutionKey: /europe/north/key\n', '', '26: proxies[0].remoteExecutionKey: is missing; the feature script needs it, because a rebuild would generate a new key, which no host trusts: add the name of the SSM SecureString that holds the private key'],
  ['a feature that loses its data', '    persisted: { tftp: on a shared volume }\n', '', '26: proxies[0].persisted.tftp: is missing; a rebuild would lose boot files of pending builds: say where that is kept instead, or remove tftp from features'],
  ['the state of a feature that is not there', '{ tftp: on a shared volume }', '{ tftp: on a shared volume, dns: in Route 53 }', '31: proxies[0].persisted.dns: is not a feature of this proxy: add dns to features, or remove this line'],
  ['a key that occurs twice', '  vpcId: vpc-0a1b2c3d', '  vpcId: vpc-0a1b2c3d\n  vpcId: vpc-0a1b2c3e', '20: network.vpcId: appears twice in the same section: keep one'],
  ['a missing colon', '  organization: Example', '  organization Example', '6: is missing a character: a closing quote or bracket, or the colon after a key'],
  ['a tab', '  organization: Example', '\torganization: Example', '6: is indented with a tab: use spaces'],
  ['an open bracket', 'clientCidrs: [10.0.0.0/8, "fd00::/8"]', 'clientCidrs: [10.0.0.0/8', '23: has the wrong indentation, or a bracket before it is not closed'],
  ['an open quote', '"3.19"', '"3.19', '15: is missing a character: a closing quote or bracket, or the colon after a key'],
  ['a wrong indent', '  ca: /europe/ca', '   ca: /europe/ca', '3: has a second key, or the next line is indented too far: indent the keys of a section equally, one per line'],
  ['an unknown anchor', 'canary: north', 'canary: *north', '12: refers with * to an anchor that no & defines'],
  ['a nested key on one line', 'organization: Example', 'organization: name: Example', '6: has a second key, or the next line is indented too far: indent the keys of a section equally, one per line'],
  ['a reserved character', 'organization: Example', 'organization: @example', '6: starts with a reserved character: put the value in quotes'],
  ['a second document', 'image:\n', '---\nimage:\n', '13: starts a second document: use one document per file, without ---'],
  ['a tag', 'organization: Example', 'organization: !env NAME', '6: has an unknown tag (!…): remove it'],
];

describe('a broken fleet file', () => {
  test.each(broken)(
    '%s is reported with its line, its path and the fix',
    (_, from, to, ...problems) => {
      expect(problemsIn(fleetWith(from, to))).toEqual(problems);
    },
  );

  test('is refused with all of its problems, in the order of the lines', () => {
    const text = fleetWith('fleet: europe', 'fleet: Europe')
      .replace('canary: north', 'canary: west')
      .replace('  vpcId: vpc-0a1b2c3d', '  vpcId: vpc-0a1b2c3d\n  vpcId: wrong')
      .replace('name: south', 'name: north');

    expect(problemsIn(text).map((line) => line.split(': ', 2).join(': '))).toEqual([
      '1: fleet',
      '12: cycle.canary',
      '19: network.vpcId',
      '20: network.vpcId',
      '35: proxies[1].name',
    ]);
  });

  test('never has its values repeated, as one could be a secret in the wrong place', () => {
    const secret = 'hunter2hunter2hunter2';
    const values = [
      '/europe/token',
      'Example\n',
      'Europe/Berlin',
      'vpc-0a1b2c3d',
      '[sat, sun]',
      'north.tar',
    ];

    const lines = values.flatMap((value) => problemsIn(fleetWith(value, `{ a: ${secret} }\n`)));

    expect(lines.length).toBeGreaterThanOrEqual(values.length);
    expect(lines.join('\n')).not.toContain(secret);
  });

  test('is not judged by the default of a key whose name is misspelt', () => {
    const text = fleetWith('    persisted: {', '    persistd: {');

    expect(problemsIn(text).map((line) => line.split(': ', 2)[1])).toEqual(['proxies[0].persistd']);
  });
});

describe('a fleet file', () => {
  test('is refused when it does not exist', () => {
    const problems = withFiles({}, (pathOf) =>
      problemsOf(() => readFleetFile(pathOf('fleet.yaml'))),
    );

    expect(problems).toEqual(['fleet.yaml: does not exist: check the path']);
  });

  test('is refused when it is a folder', () => {
    expect(problemsOf(() => readFleetFile('test'))).toEqual([
      'test: is a folder: name the file in it',
    ]);
  });

  test.each(['', '\n\n', '# nothing but a comment\n'])(
    'is refused when it is empty: %j',
    (text) => {
      expect(problemsIn(text)).toEqual(['1: is empty: start from one of the examples']);
    },
  );

  test('is refused when it is a list', () => {
    expect(problemsIn('- fleet: europe\n')).toEqual([
      '1: must be a section with keys, not a list: ' +
        'fleet, katello, cycle, image, content, jobs, slack, network, proxies',
    ]);
  });

  test('is refused when it has no proxies', () => {
    expect(problemsIn(goodFleet.replace(/proxies:.*/s, 'proxies: []\n'))).toEqual([
      '25: proxies: needs at least one proxy',
    ]);
  });

  test('may take a part from an anchor, whose line problems then name', () => {
    const text = fleetWith('{ key: south.tar }', '*certs').replace(
      '{ key: north.tar }',
      '&certs { key: north.tar, sha: 1 }',
    );

    expect(problemsIn(text).map((line) => line.split(': ', 2).join(': '))).toEqual([
      '33: proxies[0].certs.sha',
      '33: proxies[1].certs.sha',
    ]);
  });

  test('gets the defaults of what it leaves out', () => {
    const fleet = withFiles({ 'fleet.yaml': goodFleet }, (pathOf) =>
      readFleetFile(pathOf('fleet.yaml')),
    );

    expect(fleet.cycle).toMatchObject({ limitDays: 21, soakMinutes: 15, concurrency: 2 });
    expect(fleet.content.syncLimitHours).toBe(36);
    expect(fleet.proxies[1]?.features).toEqual(['pulpcore', 'registration', 'templates', 'logs']);
  });
});

describe('the example', () => {
  test('has three proxies: two with two names, one with one, and a canary', () => {
    const { proxies, cycle } = readFleetFile('examples/fleet.yaml');

    expect(proxies.map(({ name, controlName }) => [name, controlName !== undefined])).toEqual([
      ['eu-north', true],
      ['eu-west', true],
      ['eu-south', false],
    ]);
    expect(cycle.canary).toBe('eu-north');
  });
});
