import { foremanError } from './errors.ts';

/** What a record can be searched by; a list matches when one of its values does. */
export type Searchable = Readonly<Record<string, string | number | readonly string[] | null>>;

type Test = (record: Searchable) => boolean;

const tokenPattern = /\s*(?:([()])|(!=|!~|[=~<])|"([^"]*)"|'([^']*)'|([^\s()=~<!"']+))/gy;

interface Token {
  readonly text: string;
  readonly isWord: boolean;
}

const refuse = (message: string): never => {
  throw foremanError(400, {
    message,
    class: 'ScopedSearch::QueryNotSupported',
    parameter_name: 'search',
  });
};

const tokensOf = (query: string): readonly Token[] => {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (query.slice(tokenPattern.lastIndex).trim() !== '') {
    const match = tokenPattern.exec(query);
    if (match === null) return refuse(`Parse error in search: ${query}`);
    const [, bracket, operator, double, single, bare] = match;
    const word = double ?? single ?? bare;
    tokens.push({ text: word ?? bracket ?? operator ?? '', isWord: word !== undefined });
  }
  return tokens;
};

/** The part of scoped_search that clients of this API use: comparisons, `and`, `or`, parentheses. */
export const parseSearch = (query: string, fields: readonly string[]): Test => {
  const tokens = [...tokensOf(query)];
  if (tokens.length === 0) return () => true;
  const next = (): Token => tokens.shift() ?? refuse(`Search ends too early: ${query}`);
  const isNext = (word: string): boolean => tokens[0]?.text.toLowerCase() === word;

  const comparison = (): Test => {
    const field = next();
    if (!field.isWord || !fields.includes(field.text)) {
      return refuse(`Field '${field.text}' not recognized for searching!`);
    }
    const operator = next().text;
    const compare = operators[operator] ?? refuse(`Operator '${operator}' not recognized`);
    const wanted = next().text;
    return (record) => compare(valuesOf(record[field.text]), wanted);
  };

  const term = (): Test => {
    if (!isNext('(')) return comparison();
    next();
    const inner = disjunction();
    if (next().text !== ')') refuse(`Search lacks a closing parenthesis: ${query}`);
    return inner;
  };

  const conjunction = (): Test => {
    const terms = [term()];
    while (isNext('and')) {
      next();
      terms.push(term());
    }
    return (record) => terms.every((test) => test(record));
  };

  const disjunction = (): Test => {
    const terms = [conjunction()];
    while (isNext('or')) {
      next();
      terms.push(conjunction());
    }
    return (record) => terms.some((test) => test(record));
  };

  const test = disjunction();
  if (tokens.length > 0) refuse(`Search cannot be parsed at '${tokens[0]?.text}': ${query}`);
  return test;
};

type Comparison = (values: readonly string[], wanted: string) => boolean;

const isAmong: Comparison = (values, wanted) => values.includes(wanted);
const contains: Comparison = (values, wanted) =>
  values.some((value) => value.toLowerCase().includes(wanted.toLowerCase()));

/** Of instants; scoped_search ignores a comparison with what it cannot read as one. */
const isBefore: Comparison = (values, wanted) =>
  Number.isNaN(Date.parse(wanted)) ||
  values.some((value) => Date.parse(value) < Date.parse(wanted));

const operators: Readonly<Record<string, Comparison>> = {
  '=': isAmong,
  '!=': (values, wanted) => !isAmong(values, wanted),
  '~': contains,
  '!~': (values, wanted) => !contains(values, wanted),
  '<': isBefore,
};

const valuesOf = (value: Searchable[string] | undefined): readonly string[] =>
  (Array.isArray(value) ? value : [value]).map((one) => String(one ?? ''));

/** Foreman's list layout. Without `per_page` a list stops after 20. */
export const listOf = <Record>(
  records: readonly Record[],
  total: number,
  query: URLSearchParams,
): { readonly page: readonly Record[]; readonly layout: Readonly<{ [key: string]: unknown }> } => {
  const wanted = query.get('per_page');
  const perPage = wanted === 'all' ? records.length : Number(wanted ?? 20) || 20;
  const page = Number(query.get('page') ?? 1) || 1;
  const layout = {
    total,
    subtotal: records.length,
    page,
    per_page: perPage,
    search: query.get('search'),
  };
  return { page: records.slice((page - 1) * perPage, page * perPage), layout };
};
