/** One measured thing beside the least that could have done it. */
export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  /** Absent where nothing simpler does the same. */
  readonly floor?: string;
  /** Absent where nothing is promised. */
  readonly budget?: string;
  readonly isOver?: boolean;
}

/** A count beside its budget, which is the most that it may be. */
export function countRow(what: string, measured: number, floor: number, budget?: number): BenchRow {
  return {
    what,
    measured: String(measured),
    floor: String(floor),
    ...(budget !== undefined && { budget: `≤ ${budget}`, isOver: measured > budget }),
  };
}

/** Prints rows as an aligned text table under a heading; answers the rows that are over their budget. */
export function printTable(heading: string, rows: readonly BenchRow[]): readonly BenchRow[] {
  const lines = [
    ['', 'measured', 'floor', 'budget', ''],
    ...rows.map(({ what, measured, floor = '–', budget = '–', isOver }) => [
      what,
      measured,
      floor,
      budget,
      isOver === true ? 'OVER' : '',
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  console.log(`\n${heading}`);
  for (const line of lines) {
    const cells = line.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    console.log(`  ${cells.join('  ').trimEnd()}`);
  }
  return rows.filter(({ isOver }) => isOver === true);
}

/** The middle of an odd number of measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
