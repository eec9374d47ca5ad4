import type {
  DescribeTargetHealthCommandInput,
  DescribeTargetHealthCommandOutput,
  TargetHealthReasonEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancers } from './load-balancers.ts';
import type { Answer, Handlers } from './simulated-service.ts';

/** The commands of Elastic Load Balancing, version 2. */
export const elasticLoadBalancing = (balancers: LoadBalancers): Handlers => ({
  DescribeTargetHealthCommand: (
    input: DescribeTargetHealthCommandInput,
  ): Answer<DescribeTargetHealthCommandOutput> => {
    const { port, targets } = balancers.describe(input.TargetGroupArn ?? '');
    return {
      TargetHealthDescriptions: targets.map(({ id, health }) => ({
        Target: { Id: id, Port: port },
        HealthCheckPort: String(port),
        TargetHealth: {
          State: health.state,
          Reason: health.reason as TargetHealthReasonEnum | undefined,
        },
      })),
    };
  },
});
