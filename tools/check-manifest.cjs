// Validates manifest.yml without network or account: the official validators, then what they do not catch.
// `node tools/check-manifest.cjs [folder]`; the folder holds manifest.yml and src, default is the project.
const { existsSync, readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { ProcessorBuilder, ValidationTypes } = require('@forge/manifest');
const ts = require('typescript');
const { parse } = require('yaml');
const { findProblems } = require('./manifest-rules.cjs');

/** Warnings of the validators that we have looked at: `message` must match, `reason` says why it may stay. */
const acceptedWarnings = [];

/** Names that `src/<file>.ts` exports, read from its syntax: nothing of the app runs here. */
function exportsOf(file) {
  const path = join('src', `${file}.ts`);
  if (!existsSync(path)) return undefined;
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      // `export *` says nothing about names, so what it brings does not count.
      return statement.exportClause && ts.isNamedExports(statement.exportClause)
        ? statement.exportClause.elements.map((element) => element.name.text)
        : [];
    }
    const isExported = statement.modifiers?.some(
      ({ kind }) => kind === ts.SyntaxKind.ExportKeyword,
    );
    if (!isExported) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name)
          ? [name.text]
          : name.elements.flatMap((element) =>
              ts.isBindingElement(element) && ts.isIdentifier(element.name)
                ? [element.name.text]
                : [],
            ),
      );
    }
    return statement.name ? [statement.name.text] : [];
  });
}

async function runOfficialValidators() {
  const findings = [];
  for (const type of [
    ValidationTypes.FULL,
    ValidationTypes.PRODUCT_TRIGGER,
    ValidationTypes.DEPRECATED_EGRESS_PERMISSIONS,
  ]) {
    const processor = ProcessorBuilder.instance()
      .withValidation(type)
      .withOptions({ deprecatedRuntimes: [] })
      .build();
    const { success, errors } = await processor.process('manifest.yml');
    findings.push(...(errors ?? []));
    if (!success && !errors?.length) {
      findings.push({
        level: 'error',
        message: `The ${type} validation failed without saying why.`,
      });
    }
  }
  // Each validation reads the whole file, so the same finding may come from more than one.
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

async function main(folder) {
  process.chdir(folder);
  const errors = [];
  for (const { level, line, column, message } of await runOfficialValidators()) {
    const text = `manifest.yml:${line ?? 0}:${column ?? 0} ${message}`;
    const accepted = acceptedWarnings.find((entry) => entry.message.test(message));
    if (level === 'warning' && accepted) console.log(`accepted: ${text}\n  ${accepted.reason}`);
    else errors.push(`${level}: ${text}`);
  }
  // Our rules read a manifest of the right shape, which only the validators can vouch for.
  if (errors.length === 0) {
    errors.push(
      ...findProblems(parse(readFileSync('manifest.yml', 'utf8')), exportsOf).map(
        (problem) => `error: manifest.yml ${problem}`,
      ),
    );
  }
  for (const error of errors) console.error(error);
  if (errors.length > 0) process.exitCode = 1;
  else console.log('manifest.yml: valid by the official validators and by our own rules.');
}

void main(resolve(process.argv[2] ?? join(__dirname, '..')));
