import fc from 'fast-check';

// A run of the tests can be repeated: its random values are those of every other run of the same code. New ones, and
// more of them, are drawn by `npm run test:fuzz`, which prints the seed of what fails.
fc.configureGlobal(process.env.VIVARIUM_FUZZ === 'true' ? { numRuns: 1000 } : { seed: 1 });
