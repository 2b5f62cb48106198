/** The platform's storage, queue or proxy could not serve a call now; trying again later may work. */
export class PlatformUnavailableError extends Error {
  constructor(what: string, options: { readonly cause?: unknown } = {}) {
    super(`The platform could not ${what}.`, options);
    this.name = 'PlatformUnavailableError';
  }
}
