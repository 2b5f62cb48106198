interface Injection {
  readonly bridgeUrl: string;
  readonly resizerUrl: string;
  readonly tokensUrl: string;
  readonly shellOrigin: string;
}

/** Forge refuses to deploy an index.html without an `html` element, so it must not work here either. */
export class ResourceHtmlError extends Error {
  override readonly name = 'ResourceHtmlError';
}

/**
 * The page with the platform's two scripts as the first children of `head`: the bridge, blocking because
 * `@forge/bridge` needs it while loading, and the script that tells the page how tall the content is.
 */
export function injectPlatformScripts(html: string, injection: Injection): string {
  if (!/<html[\s>]/i.test(html)) {
    throw new ResourceHtmlError(
      'index.html has no html element: Forge refuses to deploy such a resource. Add <html> round the page.',
    );
  }
  const { bridgeUrl, resizerUrl, tokensUrl, shellOrigin } = injection;
  const scripts =
    `<script src="${bridgeUrl}" data-shell-origin="${shellOrigin}" data-tokens-url="${tokensUrl}"></script>` +
    `<script src="${resizerUrl}" async></script>`;
  if (/<head[\s>]/i.test(html))
    return html.replace(/<head(?:\s[^>]*)?>/i, (head) => head + scripts);
  return html.replace(/<html(?:\s[^>]*)?>/i, (open) => `${open}<head>${scripts}</head>`);
}
