import type { EmulatorName } from './emulator.ts';
import type { Chapter } from './rebuild-life.ts';

/** A step of a rebuild's life that ends in one way in the simulation and in another in an emulator. */
export interface Difference {
  readonly simulation: string;
  readonly emulator: string;
  /** What AWS documents about it. */
  readonly documented: string;
}

/** ministack has none of the operations that move an instance of a group; the contracts tell which. */
export const chapters: Readonly<Record<EmulatorName, readonly Chapter[]>> = {
  moto: ['template', 'group', 'records'],
  ministack: ['template', 'records'],
};

const documented = {
  token: 'The same client token and the same request make no second version.',
  source: 'The source version must exist.',
  deletion:
    'The operation exists, names what it could not delete, and does not delete the default version.',
  hook: 'With a launch hook, an instance waits in Pending:Wait until the action is completed.',
  completion: 'The operation exists; without an active action it is refused (ValidationError).',
  version: 'An instance shows the version of the template that it was launched from.',
  gone: 'An instance that no group has is refused (ValidationError).',
  create: 'CREATE is refused (InvalidChangeBatch) when the record exists.',
  delete: 'DELETE must give the values that the record has, or is refused (InvalidChangeBatch).',
  address: 'The value of an A record is an IPv4 address.',
  zone: 'A record must lie in the domain of its zone.',
} as const;

const differs = (simulation: string, emulator: string, what: keyof typeof documented) => ({
  simulation,
  emulator,
  documented: documented[what],
});

const idle = '1/2/2 version 1 without AZRebalance: incumbent InService, replacement';
const single = '1/2/1 version 1 without AZRebalance:';
const pair = '1/2/2 version 1 without AZRebalance: another';
const record = 'vienna-control.example.com. 30 10.0.0.2';

const both: Readonly<Record<string, Difference>> = {
  'make it again': differs(
    'version 2; versions 1, 2 rebuild one',
    'version 3; versions 1, 2 rebuild one, 3 rebuild one',
    'token',
  ),
  'make one from a version that does not exist': differs(
    'refused (InvalidLaunchTemplateId.VersionNotFound)',
    'version 4',
    'source',
  ),
  'write no address': differs(
    `refused (InvalidChangeBatch); ${record}`,
    'done; vienna-control.example.com. 30 nowhere',
    'address',
  ),
};

const noDeletion = (answer: string): Readonly<Record<string, Difference>> => ({
  'delete the candidate version': differs(
    'deleted; versions 1',
    `${answer}; versions 1, 2 rebuild one, 3 rebuild one, 4 other`,
    'deletion',
  ),
  'delete it again': differs('kept (launchTemplateVersionDoesNotExist)', answer, 'deletion'),
  'delete the default version': differs('kept (unexpectedError)', answer, 'deletion'),
});

export const differences: Readonly<Record<EmulatorName, Readonly<Record<string, Difference>>>> = {
  moto: {
    ...both,
    ...noDeletion('broken'),
    'launch the replacement from version 2': differs(
      'done; 1/2/2 version 2 without AZRebalance: incumbent InService, replacement Pending:Wait',
      'done; 1/2/2 version 2 without AZRebalance: incumbent InService, replacement InService',
      'hook',
    ),
    'read the version of the replacement': differs('version 2', 'version 1', 'version'),
    'point the group back at version 1': differs(
      `done; ${idle} Pending:Wait`,
      `done; ${idle} InService`,
      'hook',
    ),
    'complete the hook of the replacement': differs(
      `done; ${idle} InService`,
      `broken; ${idle} InService`,
      'completion',
    ),
    'complete the hook again': differs(
      `refused (ValidationError); ${idle} InService`,
      `broken; ${idle} InService`,
      'completion',
    ),
    'retire the incumbent again': differs(
      `refused (ValidationError); ${single} replacement InService protected`,
      `broken; ${single} replacement InService protected`,
      'gone',
    ),
    'terminate the replacement, none fewer': differs(
      `done; ${single} successor Pending:Wait`,
      `done; ${single} successor InService`,
      'hook',
    ),
    'complete the hook of the successor': differs(
      `done; ${single} successor InService`,
      `broken; ${single} successor InService`,
      'completion',
    ),
    'launch one more': differs(
      `done; ${pair} Pending:Wait, successor InService`,
      `done; ${pair} InService, successor InService`,
      'hook',
    ),
    'complete its hook': differs(
      `done; ${pair} InService, successor InService`,
      `broken; ${pair} InService, successor InService`,
      'completion',
    ),
    'create the control name': differs(
      `refused (InvalidChangeBatch); ${record}`,
      `done; ${record}`,
      'create',
    ),
    'delete it with another address': differs(
      `refused (InvalidChangeBatch); ${record}`,
      'done; undefined undefined undefined',
      'delete',
    ),
  },
  ministack: {
    ...both,
    ...noDeletion('refused (InvalidAction)'),
    'write outside the zone': differs('refused (InvalidChangeBatch)', 'done', 'zone'),
  },
};
