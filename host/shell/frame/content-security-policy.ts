import { CSPInjectionService, CSPProcessingService } from '@forge/csp';
import { load } from 'cheerio';

interface PolicyInput {
  readonly html: string;
  /** `permissions` of the manifest. */
  readonly permissions: Readonly<Record<string, unknown>>;
  readonly shellOrigin: string;
  /** Where the browser reports violations, in place of Atlassian's collector. */
  readonly reportUrl: string;
}

const silent = { info: ignore, warn: ignore, debug: ignore, trace: ignore, error: ignore };

/** The production policy of a Custom UI page, computed by Forge's own package from the page and the manifest. */
export function contentSecurityPolicy(input: PolicyInput): string {
  const processing = new CSPProcessingService(silent as never, load);
  const existingCSPDetails = processing.getCspDetails(
    input.html,
    withPlainClientHosts(input.permissions) as never,
  );
  const directives = new CSPInjectionService().getInjectableCSP({
    existingCSPDetails,
    microsEnv: 'prod',
    hostname: input.shellOrigin,
  });
  return directives
    .filter((directive) => !directive.startsWith('report-uri'))
    .concat(`report-uri ${input.reportUrl}`)
    .join('; ');
}

/** The package takes client hosts as strings only; the manifest may give them as `{ address }`. */
function withPlainClientHosts(permissions: Readonly<Record<string, unknown>>): unknown {
  const copy = structuredClone(permissions) as {
    external?: { fetch?: { client?: ({ address: string } | string)[] } };
  };
  const fetch = copy.external?.fetch;
  if (fetch?.client) {
    fetch.client = fetch.client.map((host) => (typeof host === 'string' ? host : host.address));
  }
  return copy;
}

function ignore(): void {
  // The package logs what it discards from a manifest; `npm run check` reports the same with line numbers.
}
