import { toHotspots, toRules, type RuleSource } from './rule';

const scripts = (name: string): RuleSource => ({
  repository: name,
  namespace: name,
  languages: ['js', 'ts'],
});
const typescript: RuleSource = {
  repository: 'typescript',
  namespace: '@typescript-eslint',
  languages: ['ts'],
};
const regexp = scripts('regexp');

/** Rules of typescript-eslint that need no types: the analysis has no project to take types from. */
const TYPESCRIPT_RULES = toRules(typescript, [
  ['no-confusing-non-null-assertion', 'BUG', 'MINOR'],
  ['no-dupe-class-members', 'BUG', 'MAJOR'],
  ['no-duplicate-enum-values', 'BUG', 'MAJOR'],
  ['no-extra-non-null-assertion', 'BUG', 'MINOR'],
  ['no-misused-new', 'BUG', 'MAJOR'],
  ['no-non-null-asserted-nullish-coalescing', 'BUG', 'MINOR'],
  ['no-non-null-asserted-optional-chain', 'BUG', 'MAJOR'],
  ['no-unsafe-declaration-merging', 'BUG', 'MAJOR'],
  ['no-wrapper-object-types', 'CODE_SMELL', 'MINOR'],
  ['prefer-as-const', 'CODE_SMELL', 'MINOR'],
  [
    'no-unused-expressions',
    'BUG',
    'MAJOR',
    { allowShortCircuit: true, allowTernary: true, allowTaggedTemplates: true },
  ],
  [
    'no-unused-vars',
    'CODE_SMELL',
    'MAJOR',
    {
      vars: 'local',
      args: 'none',
      caughtErrors: 'none',
      ignoreRestSiblings: true,
      // A leading underscore is how TypeScript's own compiler lets a name be unused.
      varsIgnorePattern: '^_',
      destructuredArrayIgnorePattern: '^_',
    },
  ],
]);

const REGEXP_RULES = [
  ...toRules(regexp, [
    ['no-contradiction-with-assertion', 'BUG', 'MAJOR'],
    ['no-dupe-characters-character-class', 'CODE_SMELL', 'MAJOR'],
    ['no-dupe-disjunctions', 'CODE_SMELL', 'MAJOR'],
    ['no-empty-alternative', 'BUG', 'MAJOR'],
    ['no-empty-character-class', 'BUG', 'MAJOR'],
    ['no-empty-group', 'CODE_SMELL', 'MINOR'],
    ['no-empty-lookarounds-assertion', 'BUG', 'MAJOR'],
    ['no-escape-backspace', 'BUG', 'MAJOR'],
    ['no-invalid-regexp', 'BUG', 'CRITICAL'],
    ['no-invisible-character', 'CODE_SMELL', 'MINOR'],
    ['no-lazy-ends', 'BUG', 'MAJOR'],
    ['no-misleading-capturing-group', 'BUG', 'MAJOR'],
    ['no-misleading-unicode-character', 'BUG', 'MAJOR'],
    ['no-missing-g-flag', 'BUG', 'MAJOR'],
    ['no-obscure-range', 'CODE_SMELL', 'MAJOR'],
    ['no-optional-assertion', 'BUG', 'MAJOR'],
    ['no-potentially-useless-backreference', 'BUG', 'MAJOR'],
    ['no-useless-assertions', 'BUG', 'MAJOR'],
    ['no-useless-backreference', 'BUG', 'MAJOR'],
    ['no-useless-dollar-replacements', 'BUG', 'MAJOR'],
    ['no-zero-quantifier', 'BUG', 'MAJOR'],
  ]),
  ...toHotspots(regexp, [['no-super-linear-backtracking', 'CRITICAL', 'dos', 'MEDIUM']]),
];

/** Rules of eslint-plugin-security without those that fire on every dynamic property, file name, `require` or comparison. */
const SECURITY_RULES = [
  ...toRules(scripts('security'), [
    ['detect-bidi-characters', 'VULNERABILITY', 'CRITICAL'],
    ['detect-buffer-noassert', 'BUG', 'MAJOR'],
  ]),
  ...toHotspots(scripts('security'), [
    ['detect-child-process', 'CRITICAL', 'command-injection', 'HIGH'],
    ['detect-disable-mustache-escape', 'MAJOR', 'xss', 'MEDIUM'],
    ['detect-new-buffer', 'MAJOR', 'others', 'LOW'],
    ['detect-no-csrf-before-method-override', 'CRITICAL', 'csrf', 'HIGH'],
    ['detect-pseudoRandomBytes', 'CRITICAL', 'weak-cryptography', 'MEDIUM'],
  ]),
];

const PROMISE_RULES = toRules(scripts('promise'), [
  ['no-new-statics', 'BUG', 'CRITICAL'],
  ['no-return-in-finally', 'BUG', 'MAJOR'],
  ['no-multiple-resolved', 'BUG', 'MAJOR'],
  ['valid-params', 'BUG', 'MAJOR'],
]);

/** The part of eslint-plugin-unicorn that finds mistakes; its matters of taste stay out. */
const UNICORN_RULES = toRules(scripts('unicorn'), [
  ['no-accessor-recursion', 'BUG', 'CRITICAL'],
  ['no-array-fill-with-reference-type', 'BUG', 'MAJOR'],
  ['no-await-in-promise-methods', 'BUG', 'MAJOR'],
  ['no-duplicate-set-values', 'BUG', 'MINOR'],
  ['no-invalid-fetch-options', 'BUG', 'MAJOR'],
  ['no-invalid-remove-event-listener', 'BUG', 'MAJOR'],
  ['no-negation-in-equality-check', 'BUG', 'MAJOR'],
  ['no-single-promise-in-promise-methods', 'CODE_SMELL', 'MAJOR'],
  ['no-useless-fallback-in-spread', 'CODE_SMELL', 'MINOR'],
  ['no-useless-promise-resolve-reject', 'CODE_SMELL', 'MINOR'],
  ['throw-new-error', 'CODE_SMELL', 'MINOR'],
]);

const REACT_RULES = toRules({ ...scripts('react-hooks'), repository: 'react' }, [
  ['rules-of-hooks', 'BUG', 'CRITICAL'],
  ['exhaustive-deps', 'CODE_SMELL', 'MAJOR'],
]);

const JSON_RULES = toRules({ repository: 'json', namespace: 'json', languages: ['json'] }, [
  ['no-duplicate-keys', 'BUG', 'MAJOR'],
  ['no-unsafe-values', 'BUG', 'MAJOR'],
]);

const CSS_RULES = toRules({ repository: 'css', namespace: 'css', languages: ['css'] }, [
  ['no-duplicate-imports', 'CODE_SMELL', 'MINOR'],
  ['no-duplicate-keyframe-selectors', 'BUG', 'MINOR'],
  ['no-empty-blocks', 'CODE_SMELL', 'MAJOR'],
  ['no-invalid-at-rule-placement', 'BUG', 'MAJOR'],
  ['no-invalid-named-grid-areas', 'BUG', 'MAJOR'],
  ['no-invalid-properties', 'BUG', 'MAJOR', { allowUnknownVariables: true }],
  ['no-unmatchable-selectors', 'BUG', 'MAJOR'],
]);

export const PLUGIN_RULES = [
  ...TYPESCRIPT_RULES,
  ...REGEXP_RULES,
  ...SECURITY_RULES,
  ...PROMISE_RULES,
  ...UNICORN_RULES,
  ...REACT_RULES,
  ...JSON_RULES,
  ...CSS_RULES,
];
