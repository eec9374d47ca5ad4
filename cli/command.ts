import type { Options, Words } from '../terminal/command-line.ts';
import type { StoryEvent } from '../terminal/story-event.ts';
import type { Style } from '../terminal/style.ts';
import { assertProxies, type Deployment } from './deployment.ts';

/** Receives progress while a command waits. */
export type Tell = (event: Pick<StoryEvent, 'proxy' | 'kind' | 'text'>) => void;

/** What a command accepts. */
interface Usage {
  /** Its line in the help text. */
  readonly help: string;
  /** In addition to the options of every command. */
  readonly options: Options;
  /** Name of its only operand. */
  readonly operand?: string;
  /** Problems between arguments that are each valid; the operands do not include the command name. */
  readonly contradictions?: (words: Words) => readonly string[];
}

interface Definition<Request, Document extends object> extends Usage {
  readonly read: (words: Words) => Request;
  /** Runs the command and returns the document that `--json` prints. */
  readonly run: (deployment: Deployment, request: Request, tell: Tell) => Promise<Document>;
  /** Whether the command achieved what was asked; if not, the exit code is 1. Default: always true. */
  readonly isDone?: (document: Document) => boolean;
  /** The same document as lines of text. */
  readonly text: (document: Document, style: Style) => readonly string[];
}

export interface Outcome {
  readonly document: object;
  readonly isDone: boolean;
  readonly text: (style: Style) => readonly string[];
}

/** A command with its parsed request. */
export interface Call {
  readonly request: unknown;
  readonly run: (deployment: Deployment, tell: Tell) => Promise<Outcome>;
}

export interface Command extends Usage {
  readonly callFor: (words: Words) => Call;
}

/** Hides the request and document types of a command, so that the command line treats all commands alike. */
export const command = <Request, Document extends object>(
  definition: Definition<Request, Document>,
): Command => {
  const { read, run, isDone = () => true, text, ...usage } = definition;
  return {
    ...usage,
    callFor: (words) => {
      const request = read(words);
      return {
        request,
        run: async (deployment, tell) => {
          assertProxies(deployment, words);
          const document = await run(deployment, request, tell);
          return { document, isDone: isDone(document), text: (style) => text(document, style) };
        },
      };
    },
  };
};
