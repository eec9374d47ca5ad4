import { NamedFailure } from '../domain/failures.ts';
import { type GivenRequest, namedIn } from '../domain/request.ts';
import { rollbackAttempts } from '../domain/rollback-attempts.ts';
import type { ExecutionPort } from '../ports/executions.ts';

/** The rebuild, and every rollback that follows it by itself; as many again for those that people start. */
const followedMax = 2 * (rollbackAttempts.length + 1);

const unknownProxy = (why: string): NamedFailure =>
  new NamedFailure(
    'BadRequest',
    `interrupted: ${why}; name the proxy instead, such as {"proxy": "eu-north", "reason": "rollback"}`,
  );

/**
 * The proxy that a request is about. A rollback that names only the interrupted execution is about the proxy of that
 * execution, which may itself be a rollback. Throws `BadRequest` when the executions do not lead to a proxy;
 * Step Functions forgets them after 90 days.
 */
export const proxyOfRequest = async (
  inputOf: ExecutionPort['inputOf'],
  { proxy, interrupted }: GivenRequest,
): Promise<string> => {
  if (proxy !== null) return proxy;
  let arn = interrupted;
  for (let followed = 0; followed < followedMax; followed += 1) {
    const input = await inputOf(arn);
    if (input === null) throw unknownProxy(`Step Functions has no execution ${arn}`);
    const named = namedIn(input);
    if (named.proxy !== undefined) return named.proxy;
    if (named.interrupted === undefined)
      throw unknownProxy(`the input of ${arn} does not name a proxy`);
    arn = named.interrupted;
  }
  throw unknownProxy(`no proxy is named by ${followedMax} executions, the last being ${arn}`);
};
