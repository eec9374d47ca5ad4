import { z } from 'zod';
import { sized } from '../../../domain/sized.ts';

export const statusSchema = z.object({ version: z.string().min(1, sized()) });

/** Services by name, each `{ status, message }`; a service without a status is not healthy. */
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
