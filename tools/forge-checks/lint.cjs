// What `forge lint` finds in sources and manifest, by its own client-side linters. The command itself needs a login.
const { readdirSync, writeFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { ConfigFile, FileSystemReader, FileSystemWriter } = require('@forge/cli-shared');
const { getClientSideLintersOnly, lint, parseSourceFile } = require('@forge/lint');

/** Descriptions that the permission linter would download; the foreign ones say nothing about this app. */
const foreignDescriptions = [
  'LOCAL_JIRA_SWAGGER',
  'LOCAL_JSM_SWAGGER',
  'LOCAL_JSW_SWAGGER',
  'LOCAL_CONF_SWAGGER',
  'LOCAL_CONF_V2_SWAGGER',
];

/** Makes the linters read local API descriptions and keep their cache out of the home folder. */
function useLocalDescriptions({ bitbucketDescription, scratchDirectory }) {
  const empty = join(scratchDirectory, 'empty-description.json');
  writeFileSync(empty, JSON.stringify({ paths: {} }));
  for (const name of foreignDescriptions) process.env[name] = empty;
  process.env.LOCAL_BB_SWAGGER = bitbucketDescription;
  process.env.USE_LOCAL_SWAGGER = '1';
  process.env.XDG_CONFIG_HOME = scratchDirectory;
}

/**
 * Lints the app of the working directory, with the linters of these names or with all. Answers what was found as
 * sentences, and how many source files were read.
 * @throws when the linters skip a source file, which a `tsconfig.json` with `"include": ["src"]` would make them do.
 */
async function lintApp(logger, names) {
  const configFile = new ConfigFile(new FileSystemReader(), new FileSystemWriter());
  const manifest = await configFile.readConfig();
  const files = readdirSync('src', { recursive: true })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join('src', file));
  const statsig = { getDeprecatedRuntimes: async () => [] };
  const all = await getClientSideLintersOnly(manifest, 'development', logger, statsig);
  const linters = all.filter((linter) => names?.includes(linter.constructor.name) ?? true);

  const read = new Set();
  const results = await lint(files, manifest, 'development', logger, statsig, {
    linters,
    parseFunction: (file, parser) => {
      read.add(file);
      return parseSourceFile(file, parser);
    },
  });

  const skipped = files.filter((file) => !read.has(file));
  if (skipped.length > 0) throw new Error(`The linters skipped ${skipped.join(', ')}.`);
  const problems = results.flatMap((result) =>
    ['errors', 'warnings', 'approvals'].flatMap((kind) =>
      result[kind].map(
        ({ line, column, message }) =>
          `${kind.slice(0, -1)}: ${relative(process.cwd(), result.file)}:${line}:${column} ${message}`,
      ),
    ),
  );
  return { problems, filesRead: read.size };
}

module.exports = { lintApp, useLocalDescriptions };
