import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { execa } from 'execa';

/** A registry that package managers can install from. */
export interface Registry {
  /** `http://127.0.0.1:1234` */
  readonly url: string;
  close(): void;
}

/** Serves packed packages by the protocol of npm's registry, each in its one version, on a free port of this machine. */
export async function serveRegistry(tarballs: readonly string[]): Promise<Registry> {
  const packages = new Map<string, Packed>();
  for (const file of tarballs) packages.set(...(await readPacked(file)));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    const tarball = [...packages.values()].find(({ file }) => path === `-/${basename(file)}`);
    if (tarball !== undefined) return response.end(readFileSync(tarball.file));
    const found = packages.get(path);
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
    return response.end(JSON.stringify(found === undefined ? {} : documentOf(found, `http://${request.headers.host}`)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

interface Packed {
  readonly file: string;
  readonly manifest: { readonly name: string; readonly version: string };
}

async function readPacked(file: string): Promise<[string, Packed]> {
  const { stdout } = await execa('tar', ['-xzOf', file, 'package/package.json']);
  const manifest = JSON.parse(stdout) as Packed['manifest'];
  return [manifest.name, { file, manifest }];
}

function documentOf({ file, manifest }: Packed, url: string): object {
  const { name, version } = manifest;
  const contents = readFileSync(file);
  const dist = {
    tarball: `${url}/-/${basename(file)}`,
    shasum: createHash('sha1').update(contents).digest('hex'),
    integrity: `sha512-${createHash('sha512').update(contents).digest('base64')}`,
  };
  const published = '2020-01-01T00:00:00.000Z';
  return {
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { ...manifest, dist } },
    time: { created: published, modified: published, [version]: published },
  };
}
