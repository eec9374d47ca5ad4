import { z } from 'zod';
import { sized } from '../../../domain/sized.ts';

export const statusSchema = z.object({ version: z.string().min(1, sized()) });

/** Either `{ status, message }` per service; a service that says nothing is not well. */
export const pingSchema = z.object({
  status: z.string(),
  services: z.record(
    z.string(),
    z
      .object({ status: z.string().nullish(), message: z.string().nullish() })
      .nullish()
      .transform((service) => service ?? {}),
  ),
});
