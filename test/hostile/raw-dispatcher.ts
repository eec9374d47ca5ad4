import { Dispatcher, errors } from 'undici';

/** An answer byte by byte, or the code of the error instead of it. */
export type RawAnswer =
  | { readonly status: number; readonly headers: Record<string, string>; readonly body: Buffer }
  | { readonly error: string };

export interface RawRequest {
  readonly method: string;
  readonly path: string;
}

/** Answers each request with bytes, whatever they are: for what no well-made server would say. */
export class RawDispatcher extends Dispatcher {
  readonly #answer: (request: RawRequest) => RawAnswer;

  constructor(answer: (request: RawRequest) => RawAnswer) {
    super();
    this.#answer = answer;
  }

  override dispatch(
    { method, path }: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    const controller = new Controller();
    queueMicrotask(() => {
      handler.onRequestStart?.(controller, {});
      const answer = this.#answer({ method, path: path.split('?')[0] ?? '' });
      if ('error' in answer) {
        const error = Object.assign(new errors.UndiciError('met an error'), { code: answer.error });
        handler.onResponseError?.(controller, error);
        return;
      }
      handler.onResponseStart?.(controller, answer.status, answer.headers, '');
      handler.onResponseData?.(controller, answer.body);
      handler.onResponseEnd?.(controller, {});
    });
    return true;
  }
}

class Controller implements Dispatcher.DispatchController {
  aborted = false;
  paused = false;
  reason: Error | null = null;

  abort(reason: Error): void {
    this.aborted = true;
    this.reason = reason;
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }
}
