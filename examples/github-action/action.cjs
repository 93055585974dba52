// An action in one file: the steps after it have the environment on PATH.
const { appendFileSync } = require('node:fs');
const { join } = require('node:path');
const { ensureEnvironment, VivariumError } = require('vivarium');

const input = (name) => process.env[`INPUT_${name.toUpperCase()}`] || undefined;
const tell = (file, line) => appendFileSync(process.env[file], `${line}\n`);

async function main() {
  const environment = await ensureEnvironment({
    destination: input('directory') ?? '.venv',
    python: input('python'),
    seedWheels: join(__dirname, 'seed-wheels'),
    onWarn: (message) => console.log(`::warning::${message}`),
  });
  tell('GITHUB_PATH', environment.paths.scripts);
  tell('GITHUB_ENV', `VIRTUAL_ENV=${environment.environment.destination}`);
  tell('GITHUB_OUTPUT', `python=${environment.paths.executable}`);
  tell('GITHUB_OUTPUT', `outcome=${environment.outcome}`);
}

main().catch((error) => {
  const { message, hint = '' } = VivariumError.from(error);
  console.log(`::error::${`${message} ${hint}`.replaceAll('\n', '%0A')}`);
  process.exitCode = 1;
});
