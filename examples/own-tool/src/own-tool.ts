import { applyPlan, coreOptions, preparePlan, resolveSettings } from '@vivarium/core/host';
import creator from '@vivarium/creator-cpython-posix';
import discoverer, { findInterpreter } from '@vivarium/discovery';

const [destination = '.venv', python = '3'] = process.argv.slice(2);
const cwd = process.cwd();
const options = { ...coreOptions, ...discoverer.options };
const flags = { python: { flag: 'python', value: [python] } };
const { values: settings } = resolveSettings(options, { flags, env: {}, files: [], cwd });

const { plan, cache } = await preparePlan({
  destination,
  plugins: { discoverer, creators: [creator], activators: [], options, notes: [] },
  settings,
  findInterpreter,
  tool: { name: 'own-tool', version: '1.0.0' },
  env: process.env,
  cwd,
  signal: new AbortController().signal,
  warn: (message) => console.error(message),
  debug: () => {},
  dryRun: false,
});
await applyPlan(plan, { cache });
cache.close();
console.log(`${plan.environment.interpreter.executable} → ${plan.environment.destination}`);
