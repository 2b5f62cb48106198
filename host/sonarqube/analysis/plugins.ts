import type { Linter } from 'eslint';
import type { Language } from '../rules/rule';

/** Elsewhere a function called `useSomething` is no hook. */
const IMPORTS_REACT = /\b(?:from|require\()\s*['"]p?react(?:['"/]|-dom)/u;

type Plugins = Record<string, unknown>;

/** Plugins and parsers are loaded when a file first needs them: most of the time of a small analysis is loading. */
export async function loadPlugins(language: Language, text: string): Promise<Plugins> {
  if (language === 'json') return { json: (await import('@eslint/json')).default };
  if (language === 'css') return { css: (await import('@eslint/css')).default };
  const plugins: Plugins = {
    regexp: await import('eslint-plugin-regexp'),
    security: (await import('eslint-plugin-security')).default,
    promise: (await import('eslint-plugin-promise')).default,
    unicorn: (await import('eslint-plugin-unicorn')).default,
  };
  if (language === 'ts') {
    plugins['@typescript-eslint'] = (await import('typescript-eslint')).plugin;
  }
  if (IMPORTS_REACT.test(text)) {
    plugins['react-hooks'] = (await import('eslint-plugin-react-hooks')).default;
  }
  return plugins;
}

export async function loadTypeScriptParser(): Promise<Linter.Parser> {
  return (await import('typescript-eslint')).parser;
}
