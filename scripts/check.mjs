// `npm run check`: builds everything and runs all checks, without the tests.
import { runChecks } from './checks.mjs';
import { setUp } from './set-up.mjs';

setUp();
const failed = runChecks();
for (const check of failed) process.stdout.write(`failed: \`${check}\`\n`);
process.exit(failed.length === 0 ? 0 : 1);
