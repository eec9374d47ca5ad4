/** A world within the process answers at once, one behind a network later; a contract waits for both. */
export type Awaitable<Value> = Value | Promise<Value>;
