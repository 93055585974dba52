/**
 * Code for the start of a command's file: an older Node says which one is needed, in one sentence, and not which part of it
 * it does not understand. The file has to be written for such a Node too ({@link OLDEST_SYNTAX}).
 *
 * @param name the command
 * @param engines the range of the package, `>=20.19`
 */
export function nodeCheck(name: string, engines: string): string {
  const [, major = '', minor = ''] = /^>=(\d+)\.(\d+)$/.exec(engines) ?? [];
  if (major === '') throw new Error(`The engines of ${name} are not of the form >=MAJOR.MINOR: ${engines}`);
  return `"use strict";
(function () {
  var have = process.versions.node.split('.').map(Number);
  if (have[0] > ${major} || (have[0] === ${major} && have[1] >= ${minor})) return;
  process.stderr.write('error: ${name} needs Node.js ${major}.${minor} or later, and this is Node.js ' + process.versions.node + '\\n');
  process.exit(1);
})();`;
}

/** What every Node that someone may still have can read. */
export const OLDEST_SYNTAX = 'es2017';
