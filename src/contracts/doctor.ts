import * as z from 'zod/mini';

/** The links between a pull request and its verdict, in the order in which one needs the other. */
export const DoctorStep = z.enum([
  'pullRequest',
  'binding',
  'branchRule',
  'connection',
  'server',
  'token',
  'edition',
  'project',
  'analysis',
  'commit',
  'gate',
  'webhook',
]);
export type DoctorStep = z.infer<typeof DoctorStep>;

export const DoctorCheck = z.strictObject({
  step: DoctorStep,
  /** `notReached`: an earlier link is broken, so this one was not looked at. */
  outcome: z.enum(['ok', 'problem', 'warning', 'notReached']),
  message: z.string(),
  /** Absent when there is nothing to do. */
  nextStep: z.optional(z.string()),
});
export type DoctorCheck = z.infer<typeof DoctorCheck>;

/** Why a pull request shows what it shows, for one project; without a name where none is bound. */
export const DoctorTrace = z.strictObject({
  projectName: z.optional(z.string()),
  checks: z.array(DoctorCheck),
});
export type DoctorTrace = z.infer<typeof DoctorTrace>;
