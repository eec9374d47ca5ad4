import { Login, parseBody } from './access.ts';
import { forbidden, foremanNotFound, Refusal } from './errors.ts';
import {
  htmlPage,
  json,
  type Outcome,
  type SimulatedRequest,
  type SimulatedResponse,
} from './http.ts';
import { KatelloState, type SimulatedKatelloOptions } from './katello-state.ts';
import { nothing } from './load.ts';
import { LoadMeter } from './load-meter.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';

/**
 * Katello with its Foreman, as far as a rebuild meets it: stateful, in virtual time, and as deceptive as the
 * real one. Its database says what it believes; what a machine really has is in the machine's `store`.
 */
export class SimulatedKatello extends KatelloState {
  /** Requests that reached Katello's name. */
  katelloCalls = 0;
  readonly login: Login;
  readonly load = new LoadMeter();
  /** The latest answer came after its client had given up. */
  #isLate = false;
  readonly #lostAnswers: ((request: SimulatedRequest) => boolean)[] = [];

  constructor(options: SimulatedKatelloOptions) {
    super(options);
    this.login = new Login(options.credentials, options.faults, options.kernel);
  }

  /** A request on the wire: it may be refused, and its answer may be lost after it had its effect. */
  exchange(request: SimulatedRequest): Outcome {
    const isDown = this.options.faults.holds('katello-down');
    if (isDown && this.katelloCalls % 3 === 2) {
      this.katelloCalls += 1;
      return 'refused';
    }
    this.#isLate = false;
    const response = this.handle(request);
    if (this.#isLate) return 'lost';
    const lost = this.#lostAnswers.findIndex((matches) => matches(request));
    if (lost === -1) return response;
    this.#lostAnswers.splice(lost, 1);
    return 'lost';
  }

  handle(request: SimulatedRequest): SimulatedResponse {
    this.katelloCalls += 1;
    if (this.options.faults.holds('katello-down')) return htmlPage(503, 'Service Unavailable');
    try {
      return this.#route(request);
    } catch (error) {
      if (error instanceof Refusal) return error.response;
      throw error;
    }
  }

  /** The next answer to such a request does not arrive; what was asked for happens all the same. */
  loseAnswer(matches: (request: SimulatedRequest) => boolean): void {
    this.#lostAnswers.push(matches);
  }

  #route(request: SimulatedRequest): SimulatedResponse {
    const found = match(request);
    if (found?.route.isOpen !== true) this.login.check(request);
    if (found === null) throw foremanNotFound('route', request.path);
    const { route, parameters } = found;
    if (route.permission !== null && !this.user.may(route.permission))
      throw forbidden(route.permission);
    const input = { request, parameters, body: parseBody(request) };
    const load = route.load?.(this, input) ?? nothing;
    const answer = json(route.status, route.answer(this, input));
    this.#isLate = this.load.note(nameOf(request), load, request.timeoutMs ?? null);
    return answer;
  }
}

/** Without the ids in it. */
const nameOf = ({ method, path }: SimulatedRequest): string =>
  `${method} ${path.replace(/\/(?:\d+|[0-9a-f-]{36})(?=\/|$)/g, '/:id')}`;

const match = (
  request: SimulatedRequest,
): { route: Route; parameters: readonly string[] } | null => {
  for (const route of routes) {
    const parts = route.method === request.method ? route.path.exec(request.path) : null;
    if (parts !== null) return { route, parameters: parts.slice(1).map(decodeURIComponent) };
  }
  return null;
};
