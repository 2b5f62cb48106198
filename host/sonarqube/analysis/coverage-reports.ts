import { lcovParser } from '@friedemannsommer/lcov-parser';
import { XMLParser } from 'fast-xml-parser';

/** Lines of one reported file: line number to how often it ran. */
export interface ReportedFile {
  readonly path: string;
  readonly hits: readonly (readonly [line: number, hits: number])[];
}

export interface CoverageReport {
  readonly files: readonly ReportedFile[];
  /** Folders that the paths are relative to, as the report says. */
  readonly sourceRoots: readonly string[];
}

/** Whether a file of the repository is a coverage report, by the names that the tools give them. */
export function findReportFormat(path: string): 'lcov' | 'cobertura' | undefined {
  if (/(?:^|\/)node_modules\//u.test(path)) return undefined;
  if (/(?:^|\/)lcov\.info$/u.test(path)) return 'lcov';
  if (/(?:^|\/)(?:cobertura[^/]*|coverage)\.xml$/iu.test(path)) return 'cobertura';
  return undefined;
}

/** @throws Error when the text is no lcov report. */
export async function parseLcov(text: string): Promise<CoverageReport> {
  const sections = await lcovParser({ from: text });
  return {
    files: sections.map((section) => ({
      path: section.path,
      hits: section.lines.details.map(({ line, hit }) => [line, hit] as const),
    })),
    sourceRoots: [],
  };
}

type XmlNode = Readonly<Record<string, unknown>>;

const XML = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  processEntities: false,
  isArray: (name) => ['package', 'class', 'line', 'source'].includes(name),
});

function isNode(value: unknown): value is XmlNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Follows child names; each may stand once or, where `isArray` says so, many times. */
function children(node: unknown, ...names: readonly string[]): readonly unknown[] {
  return names.reduce<readonly unknown[]>(
    (nodes, name) =>
      nodes.flatMap((one): readonly unknown[] => {
        const found = isNode(one) ? one[name] : undefined;
        if (found === undefined) return [];
        return Array.isArray(found) ? found : [found];
      }),
    [node],
  );
}

function attribute(node: unknown, name: string): string {
  const value = isNode(node) ? node[`@${name}`] : undefined;
  return typeof value === 'string' ? value : '';
}

/** @throws Error when the text is no XML, or XML of another kind. */
export function parseCobertura(text: string): CoverageReport {
  // The parser is lenient; a report that was cut would count as a smaller one.
  if (!/<\/coverage>\s*$/u.test(text)) throw new Error('it does not end as a cobertura report');
  const document: unknown = XML.parse(text);
  const [root] = children(document, 'coverage');
  if (root === undefined) throw new Error('it has no <coverage> element');
  return {
    files: children(root, 'packages', 'package', 'classes', 'class').map((file) => ({
      path: attribute(file, 'filename'),
      hits: children(file, 'lines', 'line').map(
        (line) => [Number(attribute(line, 'number')), Number(attribute(line, 'hits'))] as const,
      ),
    })),
    sourceRoots: children(root, 'sources', 'source').flatMap((source) =>
      typeof source === 'string' ? [source] : [],
    ),
  };
}
