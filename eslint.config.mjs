import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Who may import whom inside src (design.md section 6): arrows point inwards. */
const mayImport = {
  contracts: [],
  domain: ['contracts'],
  errors: ['contracts'],
  clients: ['contracts', 'domain', 'errors'],
  storage: ['contracts', 'domain', 'errors'],
  platform: ['contracts', 'domain', 'errors'],
  usecases: ['contracts', 'domain', 'errors'],
  handlers: ['contracts', 'domain', 'errors', 'usecases'],
};
const zones = Object.entries(mayImport).map(([folder, others]) => ({
  target: `./src/${folder}`,
  from: './src',
  except: [folder, ...others].map((name) => `./${name}`),
  message: `src/${folder} may import only: ${[folder, ...others].join(', ')}.`,
}));
zones.push(
  {
    target: './static',
    from: './src',
    except: ['./contracts'],
    message: 'Pages see only src/contracts.',
  },
  { target: './src', from: './host', message: 'The app does not know the host.' },
  { target: './src', from: './test', message: 'The app does not know its tests.' },
  { target: './static', from: './host', message: 'Pages do not know the host.' },
  { target: './static', from: './test', message: 'Pages do not know their tests.' },
  { target: './host', from: './test', message: 'The host does not know the tests.' },
);

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      '.build/',
      '.gatehouse/',
      '.cache/',
      'coverage/',
      'test/fixtures/',
      'tools/forge-checks/fixtures/',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.node.json', './static/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        importX.createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'] }),
      ],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Naming a member is how it is left out of the rest.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    // Only platform and handlers may know the Forge packages (design.md section 6).
    files: ['src/**/*.ts'],
    ignores: ['src/platform/**', 'src/handlers/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@forge/*'],
              message: 'Only src/platform and src/handlers import the Forge packages.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/contracts/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!\\.|zod)', message: 'Contracts import nothing but zod.' }] },
      ],
    },
  },
  {
    files: ['host/**/*.ts', 'bench/**/*.ts', 'src/platform/log.ts'],
    rules: { 'no-console': 'off' },
  },
);
