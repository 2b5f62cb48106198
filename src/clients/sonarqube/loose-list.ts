import * as z from 'zod/mini';

/** A list of which the entries that do not fit are left out and counted: one bad entry never drops the rest. */
export function looseList<S extends z.ZodMiniType>(entry: S) {
  return z.pipe(
    z.array(z.unknown()),
    z.transform((list): { entries: z.output<S>[]; dropped: number } => {
      const entries = list.flatMap((raw) => {
        const parsed = entry.safeParse(raw);
        return parsed.success ? [parsed.data] : [];
      });
      return { entries, dropped: list.length - entries.length };
    }),
  );
}
