import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { isCancel, select, text } from '@clack/prompts';
import { type PluginKind, VivariumError } from '@vivarium/core/plugin';
import type { ParsedArguments } from './arguments.ts';
import { complaintAboutName, complaintAboutPackage, packageNameOf } from './names.ts';
import type { PluginRequest } from './write-plugin.ts';

/**
 * Completes what the command line left open: by questions at a terminal, else by defaults.
 *
 * @throws VivariumError `ARGUMENT_INVALID` (exit code 2) where no one can be asked, `INTERRUPTED` where someone gave up
 */
export async function complete(parsed: ParsedArguments, cwd: string): Promise<PluginRequest> {
  const mayAsk = !parsed.yes && process.stdin.isTTY === true && process.stdout.isTTY === true;
  const kind = parsed.kind ?? (mayAsk ? await askKind() : missing('--kind'));
  const name = parsed.name ?? (mayAsk ? await askName(kind) : missing('--name'));
  const usual = packageNameOf(kind, name);
  const packageName = parsed.packageName ?? (mayAsk ? await askPackage(usual) : usual);
  const destination = resolve(cwd, parsed.destination ?? packageName.replace(/^@[^/]+\//, ''));
  return {
    kind,
    name,
    packageName,
    destination,
    author: parsed.author ?? gitUser() ?? `the authors of ${packageName}`,
  };
}

async function askKind(): Promise<PluginKind> {
  return answered(
    await select<PluginKind>({
      message: 'What kind of plugin is it to be?',
      options: [
        { value: 'activator', label: 'activator', hint: 'the script with which a shell enters an environment' },
        { value: 'creator', label: 'creator', hint: 'the files of an environment' },
        { value: 'seeder', label: 'seeder', hint: 'the first packages' },
        { value: 'discoverer', label: 'discoverer', hint: 'where Pythons are' },
      ],
    }),
  );
}

async function askName(kind: PluginKind): Promise<string> {
  const validate = (value: string | undefined): string | undefined =>
    sentence('The name', complaintAboutName(value ?? ''));
  const placeholder = kind === 'activator' ? 'elvish' : 'acme';
  return answered(await text({ message: `What do users type for the ${kind}?`, placeholder, validate }));
}

async function askPackage(initialValue: string): Promise<string> {
  const validate = (value: string | undefined): string | undefined =>
    sentence('The name', complaintAboutPackage(value ?? ''));
  return answered(await text({ message: 'How is the package to be called?', initialValue, validate }));
}

function sentence(subject: string, complaint: string | undefined): string | undefined {
  return complaint === undefined ? undefined : `${subject} ${complaint}.`;
}

function answered<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new VivariumError('INTERRUPTED', 'Nothing was written');
  return answer as Exclude<T, symbol>;
}

function missing(flag: string): never {
  throw new VivariumError('ARGUMENT_INVALID', `${flag} is missing, and no one can be asked`, {
    hint: '`npm create vivarium-plugin -- --help` lists the flags.',
  });
}

function gitUser(): string | undefined {
  const { stdout } = spawnSync('git', ['config', 'user.name'], { encoding: 'utf8' });
  return stdout?.trim() || undefined;
}
