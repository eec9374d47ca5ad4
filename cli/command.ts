import type { Options, Words } from '../terminal/command-line.ts';
import type { StoryEvent } from '../terminal/story-event.ts';
import type { Style } from '../terminal/style.ts';
import { assertProxies, type Deployment } from './deployment.ts';

/** Hears what happens while a command waits. */
export type Tell = (event: Pick<StoryEvent, 'proxy' | 'kind' | 'text'>) => void;

/** What a command takes, whatever it does with it. */
interface Usage {
  /** Its line of the help. */
  readonly help: string;
  /** Beside those that every command takes. */
  readonly options: Options;
  /** The name of the one word that it takes beside options. */
  readonly operand?: string;
  /** Problems of words that are right one by one; of the operands, the command's name is taken off. */
  readonly contradictions?: (words: Words) => readonly string[];
}

interface Definition<Request, Document extends object> extends Usage {
  readonly read: (words: Words) => Request;
  /** Does it, and gives the document that `--json` prints. */
  readonly run: (deployment: Deployment, request: Request, tell: Tell) => Promise<Document>;
  /** Whether what was asked for is done; otherwise the exit code says that it failed. Default: always. */
  readonly isDone?: (document: Document) => boolean;
  /** The same document for people, line by line. */
  readonly text: (document: Document, style: Style) => readonly string[];
}

export interface Outcome {
  readonly document: object;
  readonly isDone: boolean;
  readonly text: (style: Style) => readonly string[];
}

/** A command together with what it is asked for. */
export interface Call {
  readonly request: unknown;
  readonly run: (deployment: Deployment, tell: Tell) => Promise<Outcome>;
}

export interface Command extends Usage {
  readonly callFor: (words: Words) => Call;
}

/** Makes commands of different requests and documents alike to the command line. */
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
