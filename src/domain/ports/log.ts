export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Structured log. Implementations redact; callers pass names, codes and counts, never bodies or credentials. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** `error` is described by its name, message and causes. */
  error(event: string, error: unknown, fields?: LogFields): void;
}
