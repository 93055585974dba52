import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import standalone from '@vivarium/discoverer-standalone';
import { testDiscoverer } from '@vivarium/testkit';
import { buildName } from '../src/manifest/manifest.ts';
import { createStore } from '../src/store/directory.ts';
import { updateMinorLink } from '../src/store/minor-link.ts';
import { writeReceipt } from '../src/store/receipt.ts';
import { contextIn, PLATFORM } from './store.ts';

const VERSION = "import sys; print('%d.%d.%d' % sys.version_info[:3])";

/** A store with one build, whose executable is the Python. */
testDiscoverer(standalone, {
  async arrange({ directory, python }) {
    const pythonStore = join(directory, 'pythons');
    const version = execFileSync(python, ['-c', VERSION], { encoding: 'utf8' }).trim();
    const build = { version, build: '20261110', platform: PLATFORM, sha256: 'a'.repeat(64) };
    const name = buildName(build);
    const executable = 'bin/python3';
    const context = contextIn(directory);
    mkdirSync(join(createStore({ pythonStore }, context), name, 'bin'), { recursive: true });
    symlinkSync(python, join(pythonStore, name, executable));
    writeReceipt(join(pythonStore, name), {
      ...build,
      format: 1,
      implementation: 'cpython',
      size: 1,
      source: directory,
      license: 'PSF-2.0',
      executable,
    });
    await updateMinorLink({ store: pythonStore, series: build, context });
    return { settings: { pythonStore }, env: { XDG_DATA_HOME: directory, HOME: directory } };
  },
});
