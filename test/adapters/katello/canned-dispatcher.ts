import type { ContentPort } from '../../../functions/ports/content.ts';
import type { Outcome, SimulatedRequest } from '../../../sandbox/katello/http.ts';
import { InProcessDispatcher } from '../../../sandbox/katello/in-process-dispatcher.ts';
import { contentOver } from '../../sandbox/katello/small-world.ts';

/** A server that says what a test wants, and keeps what it was asked. */
export class CannedServer {
  readonly requests: SimulatedRequest[] = [];
  readonly #answer: (request: SimulatedRequest) => Outcome;

  constructor(answer: (request: SimulatedRequest) => Outcome) {
    this.#answer = answer;
  }

  readonly barrier = () => null;

  exchange(_host: string, request: SimulatedRequest): Outcome {
    this.requests.push(request);
    return this.#answer(request);
  }

  content(): ContentPort {
    return contentOver(new InProcessDispatcher(this));
  }
}
