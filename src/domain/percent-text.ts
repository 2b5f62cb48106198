const percentPattern = /^-?\d+(?:\.\d+)?$/;
/** Servers give up to 14 decimals; more digits than these are noise to people. */
const mostDecimals = 14;

/**
 * A percentage for people, with one decimal, or with as many as it takes to stay on its side of the threshold: 79.96
 * against 80 is "79.96%", never "80.0%". A text that is no number is printed as it came.
 */
export function toPercentText(value: string, threshold?: string): string {
  if (!percentPattern.test(value)) return value;
  const exact = Number(value);
  const limit =
    threshold !== undefined && percentPattern.test(threshold) ? Number(threshold) : undefined;
  for (let decimals = 1; decimals <= mostDecimals; decimals += 1) {
    const text = exact.toFixed(decimals);
    if (limit === undefined || isOnSameSide(exact, Number(text), limit)) return `${text}%`;
  }
  return `${value}%`;
}

function isOnSameSide(exact: number, rounded: number, limit: number): boolean {
  return Math.sign(exact - limit) === Math.sign(rounded - limit);
}
