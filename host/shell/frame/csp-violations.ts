import * as z from 'zod';

/** What a browser said that the policy of a frame stopped. */
export interface CspViolation {
  readonly at: number;
  readonly documentUrl: string;
  readonly directive: string;
  readonly blocked: string;
  readonly sourceFile?: string;
  readonly line?: number;
}

const Report = z.object({
  'csp-report': z.object({
    'document-uri': z.string().default(''),
    'effective-directive': z.string().default(''),
    'violated-directive': z.string().default(''),
    'blocked-uri': z.string().default(''),
    'source-file': z.string().optional(),
    'line-number': z.number().optional(),
  }),
});

const kept = 500;

/** Adds a browser's report to the list; what is not a report is dropped. */
export function keepViolation(list: CspViolation[], body: unknown, at: number): void {
  const parsed = Report.safeParse(body);
  if (!parsed.success) return;
  const report = parsed.data['csp-report'];
  const line = report['line-number'];
  const sourceFile = report['source-file'];
  list.push({
    at,
    documentUrl: report['document-uri'],
    directive: report['effective-directive'] || report['violated-directive'],
    blocked: report['blocked-uri'],
    ...(sourceFile === undefined ? {} : { sourceFile }),
    ...(line === undefined ? {} : { line }),
  });
  if (list.length > kept) list.shift();
}
