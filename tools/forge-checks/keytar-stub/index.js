// An empty export would look like a working keychain, so loading it fails. The Forge packages expect that it may.
throw new Error('There is no keychain here: the Forge checks run without an account.');
