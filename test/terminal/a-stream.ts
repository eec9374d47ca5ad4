import type { TextStream } from '../../terminal/stream.ts';

/** A stream that remembers what was written to it. */
export const aStream = (properties: Omit<TextStream, 'write'> = {}) => {
  let text = '';
  const stream: TextStream = {
    ...properties,
    write: (written) => {
      text += written;
    },
  };
  return { stream, lines: (): readonly string[] => text.split('\n').slice(0, -1) };
};
