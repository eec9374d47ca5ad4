import type { Kernel } from '../kernel/kernel.ts';

export interface ScalingActivity {
  readonly id: string;
  readonly description: string;
  readonly cause: string;
  readonly startedAt: number;
  statusCode: 'InProgress' | 'Successful' | 'Failed' | 'Cancelled';
  statusMessage: string | undefined;
  endedAt: number | null;
}

/** Auto Scaling keeps the activities of six weeks; these are far more than a run makes. */
const keptMax = 200;

/** The beginning of a cause is the time of the activity; AWS lists no texts, and nothing but a person reads them. */
const capacityDiffers = 'a difference between desired and actual capacity';

/** What an Auto Scaling group has done, newest first. */
export class ScalingActivities {
  readonly #kernel: Kernel;
  #activities: ScalingActivity[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  newestFirst(): readonly ScalingActivity[] {
    return this.#activities;
  }

  begin(description: string, reason = capacityDiffers): ScalingActivity {
    const activity: ScalingActivity = {
      id: this.#kernel.random.uuid(),
      description,
      cause: `At ${new Date(this.#kernel.now()).toISOString()} the group acted in response to ${reason}.`,
      startedAt: this.#kernel.now(),
      statusCode: 'InProgress',
      statusMessage: undefined,
      endedAt: null,
    };
    this.#activities = [activity, ...this.#activities].slice(0, keptMax);
    return activity;
  }

  end(
    activity: ScalingActivity,
    statusCode: ScalingActivity['statusCode'],
    statusMessage?: string,
  ): void {
    activity.statusCode = statusCode;
    activity.statusMessage = statusMessage;
    activity.endedAt = this.#kernel.now();
  }
}
