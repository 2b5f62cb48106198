import { z } from 'zod';
import { isTakenUrl } from './taken-url';

/**
 * What Bitbucket takes in a report, an annotation and a status (bitbucket.md 9 and 10). Lengths that nobody has seen are
 * the cautious ones of the published document's companion.
 */
export const CodeInsightsLimits = {
  annotationsPerRequest: 100,
  annotationsPerReport: 1_000,
  dataFields: 10,
  summaryCharacters: 450,
  titleCharacters: 450,
  detailsCharacters: 2_000,
  externalIdCharacters: 450,
  statusKeyCharacters: 40,
  statusNameCharacters: 255,
} as const;

const Link = z.string().refine(isTakenUrl, 'Enter a valid URL.');

const DataValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.object({ text: z.string(), href: Link }).loose(),
]);
const typeOfValue: Readonly<Record<string, (value: unknown) => boolean>> = {
  BOOLEAN: (value) => typeof value === 'boolean',
  DATE: (value) => typeof value === 'number',
  DURATION: (value) => typeof value === 'number',
  LINK: (value) => typeof value === 'object',
  NUMBER: (value) => typeof value === 'number',
  PERCENTAGE: (value) => typeof value === 'number' && value >= 0 && value <= 100,
  TEXT: (value) => typeof value === 'string',
};
const DataField = z
  .object({
    title: z.string().min(1),
    type: z
      .enum(['BOOLEAN', 'DATE', 'DURATION', 'LINK', 'NUMBER', 'PERCENTAGE', 'TEXT'])
      .optional(),
    value: DataValue,
  })
  .refine(({ type, value }) => type === undefined || typeOfValue[type]?.(value) === true, {
    message: 'The value does not fit the type.',
  });

export const ReportInput = z.object({
  title: z.string().min(1).max(CodeInsightsLimits.titleCharacters),
  details: z.string().max(CodeInsightsLimits.detailsCharacters).default(''),
  report_type: z.enum(['SECURITY', 'COVERAGE', 'TEST', 'BUG']),
  result: z.enum(['PASSED', 'FAILED', 'PENDING']).optional(),
  reporter: z.string().optional(),
  link: Link.optional(),
  logo_url: Link.optional(),
  remote_link_enabled: z.boolean().optional(),
  data: z.array(DataField).max(CodeInsightsLimits.dataFields).default([]),
});

export const AnnotationInput = z.object({
  external_id: z.string().min(1).max(CodeInsightsLimits.externalIdCharacters),
  annotation_type: z.enum(['VULNERABILITY', 'CODE_SMELL', 'BUG']),
  summary: z.string().trim().min(1).max(CodeInsightsLimits.summaryCharacters),
  details: z.string().max(CodeInsightsLimits.detailsCharacters).optional(),
  severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']).optional(),
  result: z.enum(['PASSED', 'FAILED', 'SKIPPED', 'IGNORED']).optional(),
  path: z
    .string()
    .min(1)
    .refine((path) => !path.startsWith('/'), 'The path is relative to the repository.')
    .optional(),
  line: z.int().min(1).optional(),
  link: Link.optional(),
});

export const StatusInput = z.object({
  key: z.string().min(1).max(CodeInsightsLimits.statusKeyCharacters),
  state: z.enum(['SUCCESSFUL', 'FAILED', 'INPROGRESS', 'STOPPED']),
  name: z.string().max(CodeInsightsLimits.statusNameCharacters).default(''),
  description: z.string().default(''),
  url: z.string().refine(isTakenUrl, 'Enter a valid URL.'),
  refname: z.string().min(1).optional(),
});
