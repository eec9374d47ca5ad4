import type { Kernel } from '../kernel/kernel.ts';
import type { Machine } from '../machines/machines.ts';
import type { Names } from '../machines/names.ts';
import type { Capsule } from './capsule.ts';
import { JobRun } from './job-run.ts';
import { labels } from './labels.ts';
import type { SimulatedTask, Tasks } from './task.ts';

/** RunHostJob and the action that it delegates to the proxy, with plan, run and finalize steps; our assumption. */
const stepsOfJob = 6;

/** Hosts that a person runs a job on. */
const hostsOfJob = 3;

/** A job on one host, and the machine that runs it. */
export interface Job {
  readonly task: SimulatedTask;
  readonly machine: Machine;
  readonly run: JobRun;
}

/** The jobs of remote execution that people run through the proxies. */
export class Jobs {
  readonly #jobs: Job[] = [];
  readonly #kernel: Kernel;
  readonly #names: Names;
  readonly #tasks: Tasks;

  constructor(kernel: Kernel, names: Names, tasks: Tasks) {
    this.#kernel = kernel;
    this.#names = names;
    this.#tasks = tasks;
  }

  /** Those that were ever sent to a machine. */
  sentTo(machineId: string): readonly Job[] {
    return this.#jobs.filter(({ machine }) => machine.id === machineId);
  }

  /** Foreman sends a job for some hosts to the proxy; it fails at once where nothing answers, and nothing is left. */
  start(capsule: Capsule): readonly Job[] {
    const { url, proxy } = capsule.description;
    const machine = this.#names.connect(new URL(url).hostname, 'katello', 9090);
    if (machine === null) return [];
    const jobs = Array.from({ length: hostsOfJob }, () => this.#send(capsule, machine));
    const text = `a job on ${hostsOfJob} hosts began to run through ${machine.id}`;
    this.#kernel.emit('jobs-started', proxy, text);
    return jobs;
  }

  #send(capsule: Capsule, machine: Machine): Job {
    const task: SimulatedTask = {
      id: this.#kernel.random.uuid(),
      label: labels.job,
      action: 'Remote action: Run update on a host',
      username: 'operator',
      startedAt: this.#kernel.now(),
      capsule,
      isLinked: true,
      input: { job_category: 'Commands', current_request_id: null },
      endedAt: null,
      state: 'planned',
      result: 'pending',
      progress: 0,
      steps: stepsOfJob,
      errors: [],
    };
    const run = new JobRun(this.#kernel, this.#names, machine, task);
    const job = { task, machine, run };
    this.#tasks.add(task, run);
    this.#jobs.push(job);
    run.begin();
    return job;
  }
}
