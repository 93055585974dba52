import { existsSync, realpathSync } from 'node:fs';
import nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { compileWithCache } from './compile-with-cache.ts';
import { compiledCodeDirectory } from './compiled-code-directory.ts';
import { withNearPackages } from './near-packages.ts';

type Command = typeof import('../main.ts');

// This file is built as CommonJS, which costs Node least to start.
declare const __dirname: string;
declare const __filename: string;
declare const require: NodeJS.Require;

/**
 * Loads the file that holds the whole command. Compiling it takes longer than creating an environment, so V8's compiled
 * code is kept between runs: by Node itself where it can (22.8 and later), else by us.
 *
 * @param args what the command will be called with
 */
export function loadCommand(args: readonly string[]): Command {
  const file = commandFile();
  const directory = compiledCodeDirectory(process.env);
  // Under Yarn's Plug'n'Play the file may be inside a zip, which only Node's plain calls read.
  if (directory === undefined || process.versions.pnp !== undefined) return require(file) as Command;
  const isShort = linksPackages(args, directory);
  if (isShort) optimizeNothing();
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (directory: string) => unknown };
  if (enableCompileCache !== undefined) {
    enableCompileCache(directory);
    return require(file) as Command;
  }
  return compileWithCache({
    ...{ file, directory, isKept: makesEnvironment(args) },
    // Code that was compiled with other settings of V8 is refused by it.
    variant: isShort ? 'short' : 'long',
    require: withNearPackages(require, join(dirname(file), '..')),
  }) as Command;
}

// With `--preserve-symlinks-main` this file is known by the link in `node_modules/.bin` that it was started by.
function commandFile(): string {
  const file = join(__dirname, 'command.cjs');
  const { execArgv, env } = process;
  const isLink = env.NODE_PRESERVE_SYMLINKS_MAIN !== undefined || [...execArgv, env.NODE_OPTIONS].some(isPreserving);
  return isLink && !existsSync(file) ? join(dirname(realpathSync(__filename)), 'command.cjs') : file;
}

function isPreserving(options: string | undefined): boolean {
  return options?.includes('--preserve-symlinks-main') === true;
}

/**
 * Whether this run will link packages that an earlier one has unpacked and compiled. That calls a few functions a
 * thousand times, or ten thousand, which is often enough for V8 to optimize them, and it is over before that has paid.
 */
function linksPackages(args: readonly string[], compiledCode: string): boolean {
  const isBare = args.some((arg) => /^--(?:no-seed|without-pip)$/.test(arg));
  const hasLock = args.some((arg) => /^--lock(?:=|$)/.test(arg));
  return makesEnvironment(args) && (hasLock || !isBare) && existsSync(join(compiledCode, '..', '..', 'compiled'));
}

/**
 * It took a seventh of the CPU time of such a run, on other threads, and a fifth of one with a lock. It holds for the
 * whole process.
 */
function optimizeNothing(): void {
  const { setFlagsFromString } = require('node:v8') as typeof import('node:v8');
  setFlagsFromString('--no-opt');
}

// Other commands need other functions; and what looks after the cache, or may not write to it, leaves it as it is.
function makesEnvironment(args: readonly string[]): boolean {
  return args[0] === 'create' && !args.some((arg) => /^--re(?:ad-only|set)-app-data$/.test(arg));
}
