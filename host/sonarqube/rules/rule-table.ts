import { CORE_RULES } from './core-rules';
import { PLUGIN_RULES } from './plugin-rules';
import type { Language, Rule } from './rule';

/** Raised by the analysis itself on a file that it could not read, so that the gate never passes over it in silence. */
export const PARSING_ERROR: Rule = {
  key: 'eslint:parsing-error',
  kind: 'CODE_SMELL',
  severity: 'CRITICAL',
  languages: ['js', 'ts', 'json', 'css'],
  options: [],
};

const RULES: readonly Rule[] = [PARSING_ERROR, ...CORE_RULES, ...PLUGIN_RULES];
const byKey = new Map(RULES.map((rule) => [rule.key, rule]));
const byEslintName = new Map(RULES.map((rule) => [rule.eslintName, rule]));

export function findRule(key: string): Rule | undefined {
  return byKey.get(key);
}

export function findRuleOfEslint(eslintName: string): Rule | undefined {
  return byEslintName.get(eslintName);
}

/** The rules that ESLint runs for a language. */
export function listRules(language: Language): readonly Rule[] {
  return RULES.filter((rule) => rule.eslintName !== undefined && rule.languages.includes(language));
}

/** The rule's key as words: `eslint:no-unused-vars` is "No unused vars". */
export function ruleName(key: string): string {
  const words = key.slice(key.indexOf(':') + 1).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
