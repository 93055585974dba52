import fc from 'fast-check';

// A run of the tests can be repeated: its random values are those of every other run of the same code. New ones are
// drawn by `npm run test:fuzz`, which prints the seed of what fails.
if (process.env.VIVARIUM_FUZZ !== 'true') fc.configureGlobal({ seed: 1 });
