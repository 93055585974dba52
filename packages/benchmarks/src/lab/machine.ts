import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { execa } from 'execa';
import type { Lab } from './lab.ts';

/** Where and with what the figures were taken. */
export interface Machine {
  readonly processors: string;
  readonly memory: string;
  readonly system: string;
  readonly fileSystem: string;
  /** Processes that wanted a processor, in the mean of the last minute. */
  readonly loadBefore: number;
  /** By name, also of the interpreter that environments are made for. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Describes the machine; versions are those that the programs print. */
export async function describeMachine(lab: Lab): Promise<Machine> {
  const processors = cpus();
  const { uv, virtualenv } = lab.peers;
  const versions: Record<string, string> = {
    vivarium: await versionOf(lab, [...lab.vivarium.command, '--version']),
    node: process.versions.node,
    python: await versionOf(lab, [lab.python, '-c', 'import platform; print(platform.python_version())']),
  };
  if (virtualenv) versions.virtualenv = await versionOf(lab, [virtualenv, '--version']);
  if (uv) versions.uv = await versionOf(lab, [uv, '--version']);
  return {
    processors: `${processors.length} × ${processors[0]?.model.trim()}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${distribution()}, ${type()} ${release()}`,
    fileSystem: await fileSystemOf(lab.directory),
    loadBefore: Number(loadavg()[0]?.toFixed(1)),
    versions,
  };
}

async function versionOf(lab: Lab, [program, ...args]: readonly [string, ...string[]]): Promise<string> {
  const { stdout } = await execa(program, args, { env: lab.env, extendEnv: false });
  return stdout.split(/\s/).find((word) => /^[^\s\d]?\d/.test(word) && word.includes('.')) ?? stdout;
}

async function fileSystemOf(directory: string): Promise<string> {
  const { stdout } = await execa('stat', ['-f', '-c', '%T', directory], { reject: false });
  return stdout === 'ext2/ext3' ? 'ext4' : (stdout ?? 'unknown');
}

function distribution(): string {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform;
  } catch {
    return process.platform;
  }
}
