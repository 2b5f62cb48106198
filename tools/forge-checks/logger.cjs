/** The logger that the Forge packages ask for: quiet, but for what goes wrong. */
function createLogger() {
  const quiet = () => undefined;
  return { info: quiet, debug: quiet, trace: quiet, warn: console.warn, error: console.error };
}

module.exports = { createLogger };
