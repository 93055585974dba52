import { join } from 'node:path';
import {
  coreOptions,
  defineActivator,
  defineCreator,
  type EnvironmentRequest,
  openCache,
  type Plan,
  planEnvironment,
  resolveSettings,
} from '@vivarium/core/host';
import { testDirectory } from '../directory.ts';
import { cpython312 } from '../example.ts';

/** Plans a link to the interpreter. */
export const creator = defineCreator({
  kind: 'creator',
  name: 'plain',
  title: 'Plain',
  supports: () => true,
  plan: ({ interpreter }) => ({
    layout: { ...interpreter.scheme, executable: 'bin/python' },
    steps: [{ kind: 'symlink', path: 'bin/python', target: interpreter.systemExecutable }],
    configuration: [
      ['extra', 'yes'],
      ['implementation', 'Plain'],
    ],
  }),
});

/** Writes one script. */
export const activator = defineActivator({
  kind: 'activator',
  name: 'sh',
  title: 'ShActivator',
  supports: () => true,
  scripts: (environment) => [{ name: 'activate', contents: environment.destination }],
});

/** The plan that these plugins, or those of the request, lead to. */
export function plan(request: Partial<EnvironmentRequest> & { flags?: Record<string, unknown> } = {}): Promise<Plan> {
  const directory = testDirectory();
  const flags = Object.fromEntries(
    Object.entries(request.flags ?? {}).map(([name, value]) => [name, { flag: name, value: value as string }]),
  );
  const { values } = resolveSettings(coreOptions, { flags, env: {}, files: [], cwd: directory });
  return planEnvironment({
    destination: join(directory, 'env'),
    interpreter: cpython312,
    creators: [creator],
    activators: [activator],
    settings: values,
    pluginSettings: () => ({}),
    tool: { name: 'vivarium', version: '1.2.3' },
    context: {
      env: {},
      cwd: '/projects/zoo',
      cache: openCache({ directory: undefined }),
      signal: new AbortController().signal,
      warn: () => {},
      debug: () => {},
    },
    ...request,
  });
}
