import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { serveIndex } from '@vivarium/test-utils/serve-index';
import { execa } from 'execa';
import type { Lab } from '../lab/lab.ts';
import type { PackageList } from './lists.ts';

/** A list whose wheels are here and are served on this machine. */
export interface OpenList extends Pick<PackageList, 'name' | 'imports'> {
  /** A `pylock.NAME.toml` with the addresses of the wheels. */
  readonly lock: string;
  /** A `requirements.txt` with the same. */
  readonly requirements: string;
  /** What `--index-url` is to be. */
  readonly index: string;
}

interface WheelFile {
  readonly file: string;
  readonly bytes: Buffer;
}

// Kept from run to run, so that they are downloaded once.
const DIRECTORY = fileURLToPath(new URL('../node_modules/.cache/wheels', import.meta.url));

const opened = new WeakMap<Lab, Map<string, Promise<OpenList | undefined>>>();

/** Opens a list, once for each lab; `undefined` where its wheels can't be had, and the lab knows why. */
export function openList(lab: Lab, list: PackageList): Promise<OpenList | undefined> {
  const lists = opened.get(lab) ?? new Map<string, Promise<OpenList | undefined>>();
  opened.set(lab, lists);
  const found = lists.get(list.name) ?? open(lab, list);
  lists.set(list.name, found);
  return found;
}

async function open(lab: Lab, list: PackageList): Promise<OpenList | undefined> {
  const small = lab.isSmall ? smallList(list) : undefined;
  const wheels = small?.wheels ?? (await fetchWheels(lab, list));
  if (wheels === undefined) return undefined;
  const server = await serveIndex(wheels, { maxAge: 86_400 });
  lab.atEnd(() => server.close());
  const lock = join(lab.directory, `pylock.${list.name}.toml`);
  const requirements = join(lab.directory, `${list.name}.txt`);
  writeFileSync(lock, lockOf(wheels, server.fileUrl));
  writeFileSync(requirements, `${(small?.requirements ?? list.requirements).join('\n')}\n`);
  const { name, imports } = small ?? list;
  return { name, imports, lock, requirements, index: server.url };
}

/** Nothing is downloaded to show that all of it runs. */
function smallList({ name }: PackageList): PackageList & { readonly wheels: readonly WheelFile[] } {
  const names = [`${name}-core`, `${name}-more`];
  return {
    ...{ name, title: name },
    requirements: names.map((each) => `${each}==1.0`),
    imports: names.map((each) => each.replace('-', '_')),
    wheels: names.map((each) => makeWheel({ name: each, version: '1.0' })),
  };
}

async function fetchWheels(
  lab: Lab,
  { name, title, requirements }: PackageList,
): Promise<readonly WheelFile[] | undefined> {
  const { stdout } = await execa(lab.python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
  const version = createHash('sha256').update(requirements.join('\n')).digest('hex').slice(0, 8);
  const directory = join(DIRECTORY, `${name}-${stdout}-${version}`);
  try {
    return readWheels(directory);
  } catch {
    // They were not fetched yet.
  }
  const [node, bin] = lab.vivarium.command;
  const options = { env: lab.env, extendEnv: false };
  const [environment, partial] = [lab.newPath(), `${directory}.partial`];
  try {
    await execa(node, [bin, 'create', '-p', lab.python, environment], options);
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    const choice = ['--quiet', '--no-deps', '--only-binary=:all:', '--dest', partial];
    await execa(join(environment, 'bin/pip'), ['download', ...choice, ...requirements], options);
    renameSync(partial, directory);
    return readWheels(directory);
  } catch (error) {
    const reason = String(error).trim().split('\n').at(-1) ?? '';
    lab.missing.set(`the packages of ${title}`, `pip can't fetch them: ${reason}`);
    return undefined;
  } finally {
    lab.remove(environment);
  }
}

function readWheels(directory: string): readonly WheelFile[] {
  return readdirSync(directory)
    .sort()
    .map((file) => ({ file, bytes: readFileSync(join(directory, file)) }));
}

function lockOf(wheels: readonly WheelFile[], urlOf: (file: string) => string): string {
  const packages = wheels.map(({ file, bytes }) => {
    const [name = '', version = ''] = file.split('-');
    return [
      '[[packages]]',
      `name = "${name.replaceAll(/[-_.]+/g, '-').toLowerCase()}"`,
      `version = "${version}"`,
      '[[packages.wheels]]',
      `name = "${file}"`,
      `url = "${urlOf(file)}"`,
      `size = ${bytes.length}`,
      `hashes = { sha256 = "${createHash('sha256').update(bytes).digest('hex')}" }`,
    ].join('\n');
  });
  return `lock-version = "1.0"\ncreated-by = "vivarium-benchmarks"\n\n${packages.join('\n\n')}\n`;
}
