import type { SsmClient } from '../../../functions/adapters/aws/clients.ts';

/** A client that counts its commands by name. */
export const counting = (
  client: SsmClient,
): { readonly client: SsmClient; readonly countOf: (commandName: string) => number } => {
  const counts = new Map<string, number>();
  return {
    client: {
      send: (command) => {
        const { name } = command.constructor;
        counts.set(name, (counts.get(name) ?? 0) + 1);
        return client.send(command);
      },
    },
    countOf: (commandName) => counts.get(commandName) ?? 0,
  };
};
