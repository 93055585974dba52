import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

/** The files of a package by another author, with an activator that no one here knows. */
export function thirdPartyActivator(name: string): Readonly<Record<string, string>> {
  const manifest = {
    name: `vivarium-activator-${name}`,
    version: '1.0.0',
    type: 'module',
    exports: { '.': { import: './index.js' } },
    vivarium: { kind: 'activator', name, contract: 1 },
  };
  return { 'package.json': JSON.stringify(manifest), 'index.js': activatorModule(name) };
}

/** A module with an activator that has a setting of its own. */
export function activatorModule(name: string): string {
  return `export default {
  kind: 'activator',
  name: '${name}',
  title: '${name[0]?.toUpperCase()}${name.slice(1)}Activator',
  options: {
    ${name}Greeting: { type: 'string', default: 'hello', allowedInProject: 'any', help: 'what ${name} says' },
  },
  supports: () => true,
  scripts: ({ destination }, { ${name}Greeting }) => [
    { name: 'activate.${name}', contents: ${name}Greeting + ' ' + destination },
  ],
};
`;
}

/** Writes files, with the directories that they need. */
export function write(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
}

/** Packs a package out of these files and returns the tarball. */
export async function pack(directory: string, files: Readonly<Record<string, string>>): Promise<string> {
  write(directory, files);
  const { stdout } = await execa('npm', ['pack', '--silent'], { cwd: directory });
  return join(directory, stdout.trim());
}
