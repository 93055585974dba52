import nodeModule from 'node:module';
import { join } from 'node:path';
import { compileWithCache } from './compile-with-cache.ts';
import { compiledCodeFolder } from './compiled-code-folder.ts';

type Command = typeof import('../main.ts');

// This file is built as CommonJS, which costs Node least to start.
declare const __dirname: string;
declare const require: NodeJS.Require;

/**
 * Loads the file that holds the whole command. Compiling it takes longer than making an environment, so V8's compiled
 * code is kept between runs: by Node itself where it can (22.8 and later), else by us.
 */
export function loadCommand(): Command {
  const file = join(__dirname, 'command.cjs');
  const folder = compiledCodeFolder(process.env);
  // Under Yarn's Plug'n'Play the file may lie inside a zip, which only Node's plain calls can be made to read.
  if (folder === undefined || process.versions.pnp !== undefined) return require(file) as Command;
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => unknown };
  if (enableCompileCache !== undefined) {
    enableCompileCache(folder);
    return require(file) as Command;
  }
  return compileWithCache({ file, folder, require }) as Command;
}
