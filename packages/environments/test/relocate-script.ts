import { cloneEnvironment, moveEnvironment } from '@vivarium/environments';

// A process that moves or clones an environment, and may be killed while it does so.

const [cwd = '', source = '', destination = '', action] = process.argv.slice(2);
const { env } = process;
const act = action === 'clone' ? cloneEnvironment : moveEnvironment;
await act({ source, destination, cwd, env: { ...env, HOME: cwd }, quotes: {} });
