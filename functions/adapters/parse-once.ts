/** Keeps what the latest few texts were parsed to, for as long as the container lives; an error is not kept. */
export const parseOnce = <Parsed>(textsMax: number) => {
  const known = new Map<string, Parsed>();
  return (text: string, parse: () => Parsed): Parsed => {
    const parsed = known.get(text) ?? parse();
    known.delete(text);
    known.set(text, parsed);
    const [oldest] = known.keys();
    if (known.size > textsMax && oldest !== undefined) known.delete(oldest);
    return parsed;
  };
};
