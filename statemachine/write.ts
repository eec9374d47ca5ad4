import { writeFileSync } from 'node:fs';
import { type MachineName, machineNames } from '../functions/domain/resource-names.ts';
import { exitCodes, runProgram } from '../terminal/program.ts';
import { rebuildFleet } from './rebuild-fleet.ts';
import { rebuildProxy } from './rebuild-proxy.ts';

const definitions = { 'rebuild-fleet': rebuildFleet, 'rebuild-proxy': rebuildProxy };

/** The expected content of a machine's file. */
export const generated = (machine: MachineName): string =>
  `${JSON.stringify(definitions[machine], null, 2)}\n`;

const usage = {
  call: 'npm run asl --',
  purpose: 'Writes the definitions of the two state machines, statemachine/*.asl.json.',
  options: {},
};

if (import.meta.main)
  await runProgram(usage, () => {
    for (const machine of machineNames)
      writeFileSync(new URL(`./${machine}.asl.json`, import.meta.url), generated(machine));
    return exitCodes.done;
  });
