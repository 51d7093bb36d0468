import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', '.tsbuild/', '.vscode-test/', '**/*.mjs', '**/*.cjs', 'test/fixtures/'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Objects here are closures: their methods know no `this` and may be handed on.
      '@typescript-eslint/unbound-method': 'off',
      // Foreign data and other platforms are not what their types say; a check too many costs nothing.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'max-depth': ['error', 4],
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-empty': 'error',
    },
  },
  {
    // Says why Daybook cannot start, before there is anything else to say it.
    files: ['server/main/daybook.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // mocha's describe and it return nothing to wait for, and a test may assert what the types say.
    files: ['test/**'],
    rules: { '@typescript-eslint/no-floating-promises': 'off', 'no-console': 'off' },
  },
);
