import { taskOf } from '../../statemachine/titles.ts';
import type { Mutation } from '../mutation.ts';
import { changeTask, leadElsewhere } from '../state-changes.ts';

const promotion = taskOf('rebuild-fleet', 'promoteImage');

/** Waves, images and ages. */
export const fleetMutations: readonly Mutation[] = [
  {
    name: 'promoted-before-it-is-proven',
    machine: 'rebuild-fleet',
    what: 'A baked image is published before a proxy was rebuilt from it.',
    change: changeTask('announceImage', () => ({ Next: promotion })),
  },
  {
    name: 'promoted-although-a-proxy-failed',
    machine: 'rebuild-fleet',
    what: 'An image with which a proxy could not be rebuilt is published.',
    change: leadElsewhere(taskOf('rebuild-fleet', 'rejectImage'), promotion),
  },
  {
    name: 'wave-after-a-failure',
    file: 'functions/domain/waves.ts',
    what: 'A failure does not stop the waves after it.',
    from: 'if (failed?.failure) {',
    to: 'if (failed?.failure && results.length >= plan.proxies.length) {',
  },
  {
    name: 'canary-is-not-alone',
    file: 'functions/domain/waves.ts',
    what: 'Others are rebuilt beside the canary.',
    from: 'plan.hasCanary && results.length === 0 ? 1 : plan.concurrency',
    to: 'plan.hasCanary && results.length > 0 ? 1 : plan.concurrency',
  },
  {
    name: 'everyone-at-once',
    file: 'functions/domain/waves.ts',
    what: 'The concurrency of the fleet file bounds nothing.',
    from: '    .slice(0, size)',
    to: '    .slice(0, Math.max(size, remaining.length - 1))',
  },
  {
    name: 'image-of-the-proxy-is-not-published',
    file: 'functions/steps/settle-proxy.ts',
    what: 'A rebuild leaves the old image in the parameter of its proxy.',
    from: '  if (imageId !== null) {\n',
    to: "  if (imageId !== null && run.request.reason === 'rollback') {\n",
  },
  {
    name: 'old-instances-are-not-due',
    file: 'functions/domain/due.ts',
    what: 'A proxy past its soft limit is left for a later sweep.',
    from: "if (isWindowOpen(cycle, now)) return { name, due: 'now', why: age, startBy };",
    to: "if (isWindowOpen(cycle, now)) return { name, due: 'later', why: age, startBy };",
  },
];
