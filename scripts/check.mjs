// `npm run check`: builds everything and runs all checks, without the tests. `npm run check -- biome knip` runs some.
import { runChecks } from './checks.mjs';
import { setUp } from './set-up.mjs';

setUp();
const failed = await runChecks(process.argv.slice(2));
for (const check of failed) process.stdout.write(`failed: \`${check}\`\n`);
process.exit(failed.length === 0 ? 0 : 1);
