// What `npm run test:mutants` changes, and which tests have to notice. The tests of an area are those that run in the
// process of the test runner: a mutant is active there alone.

/** @type {Readonly<Record<string, { readonly mutate: readonly string[], readonly tests: string[] }>>} */
export const areas = {
  quoting: {
    mutate: [
      'packages/activator-*/src/quote.ts',
      'packages/activator-csh/src/prompt.ts',
      'packages/environment-layout/src/shebang.ts',
      'packages/core/src/{activator,printable}.ts',
      'packages/core/src/pyvenv-cfg/one-line.ts',
    ],
    tests: [
      'packages/activator-*/test/quote.property.test.ts',
      'packages/activator-*/test/index.test.ts',
      'packages/seeder-app-data/test/script.property.test.ts',
      'packages/environment-layout/test/shebang.test.ts',
      'packages/core/test/pyvenv-cfg/*.test.ts',
      'packages/core/test/{activator,printable}.test.ts',
    ],
  },
  trust: {
    mutate: ['packages/core/src/plugins/by-name/trust.ts'],
    tests: ['packages/core/test/plugins/*.test.ts'],
  },
  destination: {
    mutate: ['packages/core/src/destination/*.ts'],
    tests: ['packages/core/test/destination/*.test.ts'],
  },
  cache: {
    mutate: ['packages/core/src/cache/*.ts'],
    tests: ['packages/core/test/cache/*.test.ts'],
  },
  apply: {
    mutate: ['packages/core/src/apply/*.ts'],
    tests: ['packages/core/test/apply/*.test.ts'],
  },
};
