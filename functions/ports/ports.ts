import type { AnnouncerPort } from './announcer.ts';
import type { BalancerPort } from './balancer.ts';
import type { BootPort } from './boot.ts';
import type { Clock } from './clock.ts';
import type { ContentPort } from './content.ts';
import type { ContentReportPort } from './content-reports.ts';
import type { DnsPort } from './dns.ts';
import type { ExecutionPort } from './executions.ts';
import type { FleetPort } from './fleet.ts';
import type { GroupPort } from './group.ts';
import type { ImageParameterPort } from './image-parameters.ts';
import type { ImagePort } from './images.ts';
import type { InstancePort } from './instances.ts';
import type { LaunchTemplatePort } from './launch-templates.ts';
import type { LedgerPort } from './ledger.ts';
import type { MarkerPort } from './marker.ts';
import type { PackageListPort } from './package-lists.ts';

/** Everything that a step can access. */
export interface Ports {
  readonly announcer: AnnouncerPort;
  readonly balancer: BalancerPort;
  readonly boot: BootPort;
  readonly clock: Clock;
  readonly content: ContentPort;
  readonly contentReports: ContentReportPort;
  readonly dns: DnsPort;
  readonly executions: ExecutionPort;
  readonly fleet: FleetPort;
  readonly groups: GroupPort;
  readonly imageParameters: ImageParameterPort;
  readonly images: ImagePort;
  readonly instances: InstancePort;
  readonly launchTemplates: LaunchTemplatePort;
  readonly ledger: LedgerPort;
  readonly marker: MarkerPort;
  readonly packageLists: PackageListPort;
}
