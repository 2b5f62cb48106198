import * as z from 'zod';

/** A column that holds a JSON text of this shape. */
export function json<T>(schema: z.ZodType<T>): z.ZodType<T, string> {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
}
