import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { AwsWorld, exampleFleet } from '../sandbox/aws/aws-world.ts';
import { addTable, addZone, deployProxy } from './deployment.ts';
import { deviations } from './deviations.ts';
import { chapters, differences } from './differences.ts';
import { emulatedAws, emulator } from './emulator.ts';
import { rebuildLife } from './rebuild-life.ts';

const simulatedLife = async () => {
  const world = new AwsWorld();
  const { aws, berlin, imageId, pass } = world;
  try {
    return await rebuildLife(
      {
        autoScaling: aws.autoScaling,
        dynamoDb: aws.dynamoDb,
        ec2: aws.ec2,
        route53: aws.route53,
        ssm: aws.ssm,
        groupName: berlin.groupName,
        templateId: berlin.templateId,
        incumbentId: berlin.instanceId,
        imageId,
        zoneId: exampleFleet.network.hostedZone.id,
        tableName: 'ledger',
        pass,
      },
      chapters[emulator.name],
    );
  } finally {
    world.end();
  }
};

const emulatedLife = async () => {
  const aws = emulatedAws();
  try {
    const { servingId, ...proxy } = await deployProxy(aws);
    const zoneId = await addZone(aws, exampleFleet.network.hostedZone.name);
    const tableName = await addTable(aws);
    const pass = async () => undefined;
    const world = { ...aws, ...proxy, incumbentId: servingId, zoneId, tableName, pass };
    return await rebuildLife(world, chapters[emulator.name]);
  } finally {
    aws.end();
  }
};

test('a rebuild lives in the emulator as in the simulation, but for what is listed', async () => {
  const simulated = await simulatedLife();
  const emulated = await emulatedLife();

  const found = Object.keys(simulated)
    .filter((step) => simulated[step] !== emulated[step])
    .map((step) => [step, { simulation: simulated[step], emulator: emulated[step] }]);

  expect(Object.keys(emulated)).toEqual(Object.keys(simulated));
  const listed = Object.entries(differences[emulator.name]).map(
    ([step, { documented: _, ...outcomes }]) => [step, outcomes],
  );
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(listed));
});

test('the page about emulators names every deviation and difference, with its reason', async () => {
  const page = await readFile(new URL('../../docs/emulators.md', import.meta.url), 'utf8');
  const rows = [
    ...Object.entries(deviations[emulator.name]).map(([name, { reason }]) => [name, reason]),
    ...Object.entries(differences[emulator.name]).map(([step, { documented }]) => [
      step,
      documented,
    ]),
  ].map(([name, reason]) => `| ${emulator.name} | ${name} | ${reason} |`);

  expect(rows.filter((row) => !page.includes(row))).toEqual([]);
});
