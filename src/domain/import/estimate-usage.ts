import type { ImportUsage } from '../../contracts/imports';
import type { ImportRun } from './run';

/**
 * Bytes of a git repository for each line of code in it. Packed history and files that are no code make it more, so the
 * estimate is rather too high than too low.
 */
export const bytesPerLine = 50;

/** What the import would add to what the server reports; what nobody reports stays absent, which is not 0. */
export function estimateUsage({ parts, target }: Pick<ImportRun, 'parts' | 'target'>): ImportUsage {
  const { plan, lines, limit, problem } = target?.usage ?? {};
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const unknownSizes = parts.reduce((sum, part) => sum + part.unknownSizes, 0);
  const open = parts.reduce((sum, { counts }) => sum + counts.pending + counts.working, 0);
  const addedLines =
    open > unknownSizes || open === 0 ? Math.ceil(bytes / bytesPerLine) : undefined;
  const projectedLines =
    lines === undefined || addedLines === undefined ? undefined : lines + addedLines;
  return {
    ...(plan !== undefined && { plan }),
    ...(lines !== undefined && { lines }),
    ...(limit !== undefined && { limit }),
    ...(addedLines !== undefined && { addedLines }),
    ...(projectedLines !== undefined && { projectedLines }),
    unknownSizes,
    isOverLimit: limit !== undefined && (projectedLines ?? lines ?? 0) > limit,
    ...(problem !== undefined && { problem }),
  };
}
