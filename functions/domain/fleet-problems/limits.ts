import type { Check } from './check.ts';

const canaryExists: Check = ({ cycle: sound, proxies: all }) => {
  const canary = sound?.canary;
  if (canary === undefined || all === undefined) return [];
  const names = all.flatMap(({ name }) => name ?? []);
  // The canary could be a proxy whose name is malformed.
  if (names.includes(canary) || names.length < all.length) return [];
  return [
    {
      path: ['cycle', 'canary'],
      text: `must be a proxy of this file, one of: ${names.join(', ')}`,
    },
  ];
};

const softLimitComesFirst: Check = ({ cycle: sound }) =>
  sound?.softLimitDays !== undefined &&
  sound.limitDays !== undefined &&
  sound.softLimitDays >= sound.limitDays
    ? [
        {
          path: ['cycle', 'softLimitDays'],
          text: `must be less than limitDays, which is ${sound.limitDays}`,
        },
      ]
    : [];

export const limitChecks: readonly Check[] = [softLimitComesFirst, canaryExists];
