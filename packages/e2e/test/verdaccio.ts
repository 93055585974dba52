import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** An npm registry on this machine. */
export interface Registry {
  /** `http://127.0.0.1:4873/` */
  readonly url: string;
  /** An `.npmrc` that sends npm and pnpm there, and lets them publish. */
  readonly configuration: string;
  stop(): Promise<void>;
}

const VERDACCIO = fileURLToPath(new URL('../node_modules/verdaccio/bin/verdaccio', import.meta.url));
const OURS = ['@vivarium/*', 'vivarium', 'vivarium-*', 'create-vivarium-plugin'];

/**
 * Starts a registry that takes every package of ours from anyone who brings it, and hands on what else is asked for to
 * the registry that this machine uses.
 */
export async function startRegistry(directory: string, upstream: string): Promise<Registry> {
  mkdirSync(directory, { recursive: true });
  const configuration = join(directory, 'verdaccio.yaml');
  const own = OURS.map((name) => `  '${name}': { access: $all, publish: $all, unpublish: $all }`);
  writeFileSync(
    configuration,
    [
      `storage: ${JSON.stringify(join(directory, 'storage'))}`,
      `uplinks: { upstream: { url: ${JSON.stringify(upstream)}, maxage: 1d, timeout: 120s } }`,
      'packages:',
      ...own,
      "  '**': { access: $all, proxy: upstream }",
      'max_body_size: 100mb',
      'log: { type: stdout, format: pretty, level: error }',
    ].join('\n'),
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const child = spawn(process.execPath, [VERDACCIO, '--config', configuration, '--listen', `127.0.0.1:${port}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  await answered(url, () => (child.exitCode === null ? undefined : said));
  return {
    url,
    configuration: `registry=${url}\n//127.0.0.1:${port}/:_authToken=anybody\nfund=false\naudit=false\nupdate-notifier=false\n`,
    async stop() {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function answered(url: string, failure: () => string | undefined): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const said = failure();
    if (said !== undefined) throw new Error(`The registry ended: ${said}`);
    const response = await fetch(`${url}-/ping`).catch(() => undefined);
    if (response?.ok === true) return;
    await setTimeout(100);
  }
  throw new Error(`The registry at ${url} did not answer within a minute`);
}
