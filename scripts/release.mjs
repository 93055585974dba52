// `npm run release`: builds, checks and publishes every package whose version isn't on the registry yet. Versions and
// changelogs come before that, by `npx changeset version`, as a commit of their own.
//
//   --dry-run       does everything but publish
//   --only-publish  publishes what was built and checked by a step before, as a job of its own that needs no more than
//                   the right to publish
//   --registry URL  another registry than npm's own
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runChecks } from './checks.mjs';
import { root, run, setUp, tool } from './set-up.mjs';

const { values } = parseArgs({
  options: {
    'dry-run': { type: 'boolean', default: false },
    'only-publish': { type: 'boolean', default: false },
    registry: { type: 'string' },
  },
});

/** The list of the Pythons that can be fetched. */
const MANIFEST = 'packages/discoverer-standalone/src/manifest/manifest.json';
const MANIFEST_DAYS = 60;

refuseUnlessClean();
refuseUnlessVersioned();
refuseUnlessTraceable();
refuseOldManifest();
if (!values['only-publish']) {
  setUp();
  const failed = await runChecks();
  if (failed.length > 0) refuse(`checks failed: ${failed.join('; ')}`);
}
publish();

function refuseUnlessClean() {
  const { status, stdout } = git('status', '--porcelain');
  if (status !== 0) refuse('this is not a git repository, so no one could tell what was published');
  const changes = stdout.trimEnd().split('\n').filter(Boolean);
  if (changes.length > 0) refuse(`the working tree has changes that no commit has:\n${changes.join('\n')}`);
}

function refuseUnlessVersioned() {
  const pending = readdirSync(join(root, '.changeset')).filter((name) => name.endsWith('.md') && name !== 'README.md');
  if (pending.length === 0) return;
  refuse(`there are ${pending.length} changesets that no version has yet; run npx changeset version, and commit`);
}

/** npm's registry refuses provenance for a package that does not name the repository it was built from. */
function refuseUnlessTraceable() {
  if (values.registry !== undefined) return;
  const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (repository !== undefined) return;
  refuse(
    'package.json names no repository, and npm needs its address for provenance; run ' +
      '`npm pkg set repository.type=git repository.url=git+https://…`, then `node scripts/metadata.mjs`, and commit',
  );
}

/** A release is what most users have for months: the Pythons that it fetches should not be old from the first day. */
function refuseOldManifest() {
  if (values.registry !== undefined) return;
  const { date } = JSON.parse(readFileSync(join(root, MANIFEST), 'utf8'));
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(date) ?? [];
  const days = (Date.now() - Date.UTC(Number(year), Number(month) - 1, Number(day))) / 86_400_000;
  if (days <= MANIFEST_DAYS) return;
  refuse(
    `the list of Pythons is of ${date}, more than ${MANIFEST_DAYS} days ago; run node scripts/python-manifest.mjs, and commit`,
  );
}

function publish() {
  const args = ['--recursive', 'publish', '--access', 'public', '--no-git-checks'];
  if (values['dry-run']) args.push('--dry-run');
  if (values.registry !== undefined) args.push('--registry', values.registry);
  // Where a package came from can be attested by a build server alone, and to npm's own registry.
  const isAttested = process.env.GITHUB_ACTIONS === 'true' && values.registry === undefined;
  args.push(isAttested ? '--provenance' : '--no-provenance');
  if (run(tool('pnpm'), args) !== 0)
    refuse('publishing failed; what was published by then stays, and is ignored next time');
  if (!values['dry-run'] && run(tool('changeset'), ['tag']) !== 0) refuse('the tags could not be set');
}

/** @param {readonly string[]} args */
function git(...args) {
  return spawnSync('git', args, { cwd: root, encoding: 'utf8' });
}

/**
 * @param {string} reason
 * @returns {never}
 */
function refuse(reason) {
  process.stderr.write(`release: ${reason}\n`);
  process.exit(1);
}
