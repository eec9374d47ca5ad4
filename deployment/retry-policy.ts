/** How long EventBridge and its Scheduler try to start an execution before it becomes a dead letter. */
export const startRetryPolicy = {
  maximumEventAgeInSeconds: 3600,
  maximumRetryAttempts: 20,
} as const;
