import { capture } from '@vivarium/core/internal';
import { type Context, VivariumError } from '@vivarium/core/plugin';

/** What a Python that was fetched says of itself. */
export interface Started {
  readonly version: string;
  /** Whether OpenSSL finds certificates where it was built to look for them. */
  readonly hasCertificates: boolean;
  /** Whether curses finds descriptions of terminals where it was built to look for them; also where it is not there. */
  readonly hasTerminals: boolean;
}

const TIME_LIMIT_MS = 60_000;

const SCRIPT = `
import sys, json, os, ssl, ctypes, zlib, sysconfig
paths = ssl.get_default_verify_paths()
try:
    import curses
    curses.setupterm("xterm-256color", 1)
    terminals = True
except ImportError:
    terminals = True
except curses.error:
    terminals = False
print(json.dumps({
    "version": "%d.%d.%d" % sys.version_info[:3] + {"final": ""}.get(sys.version_info[3], {"alpha": "a", "beta": "b"}.get(sys.version_info[3], "rc") + str(sys.version_info[4])),
    "prefix": os.path.realpath(sys.prefix),
    "hasCertificates": bool(paths.cafile or paths.capath),
    "hasTerminals": terminals,
}))
`;

/**
 * Starts a Python once before it is installed: it has to run on this machine, to be the version that it is called, and to
 * find its own standard library with OpenSSL, zlib and ctypes.
 *
 * @throws VivariumError `PYTHON_NOT_USABLE`
 */
export async function start(
  {
    executable,
    directory,
    version,
  }: { readonly executable: string; readonly directory: string; readonly version: string },
  { env, signal }: Pick<Context, 'env' | 'signal'>,
): Promise<Started> {
  const { failure, stdout, stderr } = await capture({
    executable,
    args: ['-I', '-B', '-c', SCRIPT],
    env: withoutPython(env),
    cwd: directory,
    signal,
    timeLimit: TIME_LIMIT_MS,
  });
  if (failure !== undefined) throw notUsable(`it ${failure}${lastLine(stderr)}`);
  const answer = read(stdout);
  if (answer === undefined) throw notUsable('it gave no answer');
  if (answer.version !== version) throw notUsable(`it is Python ${answer.version} and not ${version}`);
  if (answer.prefix !== directory) throw notUsable(`it takes ${answer.prefix} for its directory`);
  return answer;
}

function read(text: string): (Started & { readonly prefix: string }) | undefined {
  try {
    return JSON.parse(text) as Started & { readonly prefix: string };
  } catch {
    return undefined;
  }
}

function withoutPython(env: Context['env']): Context['env'] {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^_?PYTHON|^__PYVENV|^SSL_CERT|^TERMINFO/i.test(name)),
  );
}

function lastLine(text: string): string {
  const line = text.trim().split('\n').at(-1) ?? '';
  return line === '' ? '' : ` (${line})`;
}

function notUsable(reason: string): VivariumError {
  return new VivariumError('PYTHON_NOT_USABLE', `The Python that was fetched is not installed: ${reason}`, {
    hint: 'Ask for another version, or for another build with --python-manifest; a Python of the system may be a way too.',
  });
}
