import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A terminal session in a page. */
export interface Session {
  /** The text between the fences. */
  readonly text: string;
  /** What is typed at its prompts. */
  readonly commands: readonly string[];
}

/** Where the documentation is. */
export const DOCS = fileURLToPath(new URL('../../../../docs', import.meta.url));

/** The sessions of a page (` ```console `), in their order. */
export function sessionsOf(file: string): readonly Session[] {
  return [...readFileSync(file, 'utf8').matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(([, text = '']) => ({
    text,
    commands: [...text.matchAll(/^\$ (.*)$/gm)].map(([, command = '']) => command),
  }));
}

const SEPARATOR = '\u0001';

/** One script for bash that runs all commands of a page in one shell, so that what one sets the next one has. */
export function scriptOf(sessions: readonly Session[]): string {
  const commands = sessions.flatMap((session) => session.commands);
  return commands.map((command) => `${command}\nprintf '${SEPARATOR}'\n`).join('');
}

/** The sessions as they were this time. @param output what the script printed */
export function transcriptsOf(sessions: readonly Session[], output: string): readonly string[] {
  const printed = output.split(SEPARATOR);
  return sessions.map(({ commands }) => commands.map((command) => `$ ${command}\n${printed.shift() ?? ''}`).join(''));
}

/** The same text wherever and whenever it was printed. */
export function asInDocs(text: string, replaced: Readonly<Record<string, string>>): string {
  const inPlace = Object.entries(replaced).reduce((rest, [from, to]) => rest.replaceAll(from, to), text);
  return inPlace.replace(/ in \d+(?:\.\d+)?(?:ms|s)\b/g, ' in 150ms').replace(/^vivarium = .*$/gm, 'vivarium = 1.0.0');
}
