import { moveEnvironment } from '@vivarium/environments';

// A process that moves an environment, and may be killed while it does so.

const [cwd = '', source = '', destination = ''] = process.argv.slice(2);
const { env } = process;
await moveEnvironment({ source, destination, cwd, env: { ...env, HOME: cwd }, quotes: {} });
