import { z } from 'zod';

/**
 * Katello's JSON in the product's terms. Fields that decisions depend on are required; everything else may be
 * absent, null or of an older shape, because the fields have grown over ten years of releases.
 */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

export const record = z.record(z.string(), z.unknown());

/** `2026-08-01 09:52:25 UTC`, `2023-10-23 09:52:53 -0400` or ISO 8601; otherwise `null`. */
export const parseInstant = (text: string): Date | null => {
  const parts = pattern.exec(text);
  if (parts === null) return null;
  const [, day, time, zone = ''] = parts;
  const offset = zone === 'UTC' || zone === 'Z' ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  const date = new Date(`${day}T${time}${offset}`);
  return Number.isNaN(date.getTime()) ? null : date;
};

const pattern = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?) ?(UTC|Z|[+-]\d\d:?\d\d)$/;

export const instant = z
  .unknown()
  .optional()
  .transform((text) => (typeof text === 'string' ? parseInstant(text) : null));
