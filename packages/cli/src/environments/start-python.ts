import { messageOf } from '@vivarium/core/host';
import { capture } from '@vivarium/core/internal';
import type { Inspection } from '@vivarium/environments';
import type { Started } from './show-inspection.ts';

const QUESTION =
  'import json, sys; print(json.dumps([".".join(map(str, sys.version_info[:3])), sys.prefix, sys.executable]))';

const SECONDS = 30;

/** Starts the Python of an environment, isolated from variables and without the packages of the user. */
export async function startPython({ python }: Inspection, signal: AbortSignal): Promise<Started> {
  const { failure, stdout, cause } = await capture({
    executable: python.executable,
    args: ['-I', '-c', QUESTION],
    env: process.env,
    signal,
    timeLimit: SECONDS * 1000,
  });
  if (failure !== undefined) return { failure: cause === undefined ? failure : `${failure} (${messageOf(cause)})` };
  try {
    const [version, prefix, executable] = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    return { version, prefix, executable };
  } catch {
    return { failure: 'printed something else than a Python does' };
  }
}
