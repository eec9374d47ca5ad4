import { z } from 'zod';
import { askedActions } from '../aws/iam/command-meanings.ts';
import { faultPhases } from '../faults/fault.ts';
import {
  fleetWide,
  isEvent,
  type ScheduledFaultName,
  scheduledFaultNames,
} from '../faults/kinds.ts';
import { awsServices, pathNames, tokenPlaces } from '../faults/sites.ts';
import { duration } from './duration.ts';

const start = z
  .union(
    [
      duration,
      z.strictObject({
        phase: z.enum(faultPhases).describe('a phase of the rebuild; `sync` is the complete sync'),
        after: duration.optional().describe('the time since the phase started'),
      }),
    ],
    'must be a duration since the start, such as 10m, or a phase, such as { phase: sync }',
  )
  .optional()
  .describe('when it starts; without it, at the start of the run');

const anAction =
  'an action of IAM that the controller uses, such as ec2:CreateTags, or a service with a star, such as ec2:*';

const isAsked = (action: string): boolean =>
  askedActions.some(
    (asked) => asked === action || (action.endsWith(':*') && asked.startsWith(action.slice(0, -1))),
  );

const shape = z.strictObject({
  fault: z.enum(scheduledFaultNames).describe('what goes wrong'),
  proxy: z.string().optional().describe('the proxy that it affects; without it, any'),
  at: start,
  for: duration.optional().describe('how long it lasts; without it, until the end of the run'),
  times: z.int().min(1).optional().describe('how often it occurs before it ends'),
  service: z
    .enum(awsServices)
    .optional()
    .describe('the AWS service that api-throttled, api-fails and api-slow affect; without it, all'),
  action: z
    .string()
    .refine(isAsked, `must be ${anAction}`)
    .optional()
    .describe('the action of IAM that permission-denied denies, such as ec2:CreateTags or ec2:*'),
  target: z
    .enum(['incumbent', 'replacement'])
    .optional()
    .describe('the instance that dies or becomes unhealthy; without it, the incumbent'),
  path: z
    .enum(pathNames)
    .optional()
    .describe('the path on which path-closed has connections dropped'),
  first: z
    .enum(tokenPlaces)
    .optional()
    .describe('where token-rotated renews the token first; without it, in Katello'),
});

type Entry = z.infer<typeof shape>;

/** Faults without a count: they are active or not. */
const uncounted: readonly ScheduledFaultName[] = [
  'certificate-lacks-name',
  'certificates-expire-soon',
  'certificates-expired',
  'katello-down',
  'katello-rejects-credentials',
  'katello-certificate-untrusted',
  'proxy-certificate-untrusted',
  'katello-name-differs',
  'location-removed',
  'permission-lost',
  'clock-steps',
  'dns-cached',
  'katello-resolver-pinned',
  'katello-resolver-cached',
  'katello-resolver-split',
  'permission-denied',
];

const targeted: readonly ScheduledFaultName[] = ['instance-dies', 'health-replacement'];

/** Instantaneous faults that are reverted after a while. */
const lasting: readonly ScheduledFaultName[] = [
  'processes-suspended',
  'executor-restarts',
  'capsule-removed',
  'jobs-running',
  'path-closed',
  'token-rotated',
];

/** The functions of a fleet share one security group. */
const isFleetWide = ({ fault, path }: Entry): boolean =>
  fleetWide.includes(fault) || path === 'functions-to-katello';

const contradictions = (entry: Entry): readonly (readonly [key: keyof Entry, text: string])[] => {
  const { fault, proxy, at, times, service, action, target, path } = entry;
  const found: [keyof Entry, string][] = [];
  if (service !== undefined && !fault.startsWith('api-'))
    found.push(['service', `is only for the api-… faults; remove it from ${fault}`]);
  if (action !== undefined && fault !== 'permission-denied')
    found.push(['action', `is only for permission-denied; remove it from ${fault}`]);
  if (action === undefined && fault === 'permission-denied')
    found.push(['action', 'must name what is denied, such as ec2:CreateTags']);
  if (target !== undefined && !targeted.includes(fault))
    found.push(['target', `is only for ${targeted.join(' and ')}; remove it from ${fault}`]);
  if (entry.for !== undefined && isEvent(fault) && !lasting.includes(fault))
    found.push(['for', `is not possible, because ${fault} is instantaneous; remove it`]);
  if (times !== undefined && uncounted.includes(fault))
    found.push(['times', `is not possible, because ${fault} is not counted; use "for" instead`]);
  if (path !== undefined && fault !== 'path-closed')
    found.push(['path', `is only for path-closed; remove it from ${fault}`]);
  if (path === undefined && fault === 'path-closed')
    found.push(['path', `is missing; path-closed needs one of: ${pathNames.join(', ')}`]);
  if (entry.first !== undefined && fault !== 'token-rotated')
    found.push(['first', `is only for token-rotated; remove it from ${fault}`]);
  if (proxy !== undefined && isFleetWide(entry) && typeof at !== 'object') {
    const what = path === undefined ? fault : `${fault} on ${path}`;
    found.push(['proxy', `is not possible, because ${what} affects the whole fleet; remove it`]);
  }
  return found;
};

/** One entry of `faults`, as the file has it. */
export const faultEntry = shape.superRefine((entry, context) => {
  for (const [key, message] of contradictions(entry))
    context.addIssue({ code: 'custom', path: [key], message });
});
