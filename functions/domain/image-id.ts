import { z } from 'zod';

export const imageId = z
  .string()
  .regex(/^ami-[0-9a-f]{8,17}$/, 'must be the id of an image, such as ami-0123456789abcdef0');
