import { launchHookName } from './group.ts';

/** What every Auto Scaling group is deployed with; the sandbox simulates groups of just this kind. */
export const deployedGroup = {
  /** CloudFormation launches nothing: the controller alone decides how many run. */
  sizes: { min: 0, max: 2 },
  /** From its admission until the load balancer has found an instance healthy. */
  healthCheckGraceSeconds: 600,
  /** Auto Scaling launches before it terminates what its health check has found ill. */
  maintenance: { minHealthyPercentage: 100, maxHealthyPercentage: 200 },
  launchHook: {
    name: launchHookName,
    /** The controller sends a heartbeat at each of its looks; without one, a launch continues after this time. */
    heartbeatSeconds: 7200,
    /** A group that cannot reach its controller still heals. */
    defaultResult: 'CONTINUE',
  },
} as const;

/** Attributes of every target group. */
export const deployedTargetGroup = {
  /**
   * A client stays with one instance while two serve: each proxy makes its own metadata, and a client must not
   * read half from one and half from the other.
   */
  'stickiness.enabled': 'true',
  'stickiness.type': 'source_ip',
  /** Foreman's templates know hosts by their address. */
  'preserve_client_ip.enabled': 'true',
  /** For AWS, at least 120 s are needed to take a target out without a client noticing. */
  'deregistration_delay.timeout_seconds': '120',
  'deregistration_delay.connection_termination.enabled': 'true',
} as const;
