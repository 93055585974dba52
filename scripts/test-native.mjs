// `npm run test:native`: makes the native executable for this machine, installs its package with npm as a user would,
// and runs its own tests and the whole of the end-to-end tests with it in place of the command for Node.
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run, setUp } from './set-up.mjs';

setUp();
const directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-native-')));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

const native = join(root, 'packages/native');
must(process.execPath, [join(native, 'scripts/build.mjs')]);
const packages = join(native, 'dist/packages');
const [built] = readdirSync(packages).filter((name) => name.startsWith(`${process.platform}-${process.arch}`));
const tarballs = join(directory, 'tarballs');
mkdirSync(tarballs);
must('npm', ['pack', '--silent', '--pack-destination', tarballs, join(packages, built)]);
must('pnpm', ['--dir', join(root, 'packages/seed-wheels'), 'pack', '--pack-destination', tarballs]);
const files = readdirSync(tarballs).map((name) => join(tarballs, name));
must('npm', ['install', '--prefix', directory, '--offline', '--no-audit', '--no-fund', ...files]);

const env = { VIVARIUM_TEST_COMMAND: join(directory, 'node_modules/.bin/vivarium') };
const failed = ['native', 'e2e'].filter(
  (name) => run('vitest', ['run', '--root', join(root, 'packages', name), ...process.argv.slice(2)], { env }) !== 0,
);
process.exit(failed.length === 0 ? 0 : 1);

function must(command, args) {
  if (run(command, args) !== 0) process.exit(1);
}
