import type { FirstToExpire } from '../domain/certificates.ts';

/** The certificates that the instance reports to have downloaded; `null` before that. */
interface Certified {
  readonly certificate: FirstToExpire | null;
}

/** Progress of an instance's first boot, as the instance itself reports it. */
export type BootReport =
  | { readonly status: 'unreachable' }
  | { readonly status: 'running'; readonly step: string | null }
  | (Certified & { readonly status: 'done' })
  | (Certified & {
      readonly status: 'failed';
      readonly step: string;
      readonly reason: string;
      readonly logTail: string;
      /** Names of the proxy that the downloaded certificates do not cover, as far as the boot has learned. */
      readonly missingNames: readonly string[];
    });

/** First boot, read through SSM Run Command. Errors as in `GroupPort`. */
export interface BootPort {
  /**
   * The newest report; requests one when none is under way. The command on the instance waits for cloud-init
   * itself, so the result is also `running` while a command is still waiting.
   */
  read(instanceId: string): Promise<BootReport>;
}
