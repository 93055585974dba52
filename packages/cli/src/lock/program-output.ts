import { redact } from './credentials.ts';

/** Enough for the reasons of a conflict; a traceback of a build is longer, and its end is what counts. */
const MAX_LINES = 30;

/** What pip or uv printed, for a message: without their advice about themselves, and without credentials; indented. */
export function programOutput(text: string): string {
  const lines = redact(text)
    .split(/\r?\n/)
    .map((line) => line.replace(/^ERROR: /, '').trimEnd())
    .filter((line, index, all) => line.trim() !== '' && !ADVICE.test(line) && all.indexOf(line) === index);
  const shown = lines.length > MAX_LINES ? ['…', ...lines.slice(-MAX_LINES)] : lines;
  return shown.map((line) => `    ${line}`).join('\n');
}

// What they say besides the reason: about themselves, where more is to be read, and progress.
const ADVICE =
  /^(?:Resolution(?:Impossible|TooDeep): for help visit|\[notice\]|WARNING: There was an error checking|\s*note: This error originates|Looking in |Using CPython)/;
