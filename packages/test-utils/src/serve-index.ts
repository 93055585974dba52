import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A file that an index offers, and how it misbehaves. */
export interface OfferedFile {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** `data-requires-python` of the page. */
  readonly requiresPython?: string;
  /** Withdrawn, with the reason (PEP 592). */
  readonly yanked?: string;
  /** ISO 8601 (PEP 700). */
  readonly uploadTime?: string;
  /** `cut`: the connection ends midway; `slow`: it takes seconds; `wrong-hash`: the page names another. */
  readonly fault?: 'cut' | 'slow' | 'wrong-hash';
}

/** A running index. */
export interface RunningIndex {
  /** What `PIP_INDEX_URL` is to be. */
  readonly url: string;
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Serves files on this machine as the simple repository API has it: HTML (PEP 503) and JSON (PEP 691). */
export async function serveIndex(files: readonly OfferedFile[]): Promise<RunningIndex> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '/');
    requests.push(path);
    const [, kind, name] = path.split('/');
    if (kind === 'simple' && name)
      sendPage(
        response,
        files.filter((offered) => nameOf(offered.file) === name),
        {
          name,
          wantsJson: (request.headers.accept ?? '').includes('application/vnd.pypi.simple.v1+json'),
        },
      );
    else if (kind === 'files')
      sendFile(
        response,
        files.find((offered) => offered.file === name),
      );
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/simple/`,
    requests,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function nameOf(file: string): string {
  return (file.split('-')[0] ?? '').replaceAll(/[-_.]+/g, '-').toLowerCase();
}

interface Page {
  readonly name: string;
  readonly wantsJson: boolean;
}

function sendPage(response: ServerResponse, files: readonly OfferedFile[], { name, wantsJson }: Page): void {
  if (files.length === 0) response.writeHead(404).end();
  else if (wantsJson) {
    response.writeHead(200, { 'content-type': 'application/vnd.pypi.simple.v1+json' });
    response.end(JSON.stringify({ meta: { 'api-version': '1.1' }, name, files: files.map(describeFile) }));
  } else {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!DOCTYPE html><html><body>${files.map(linkTo).join('\n')}</body></html>`);
  }
}

function describeFile(offered: OfferedFile): object {
  return {
    filename: offered.file,
    url: `/files/${encodeURIComponent(offered.file)}`,
    hashes: { sha256: hashOf(offered) },
    yanked: offered.yanked ?? false,
    ...(offered.requiresPython === undefined ? {} : { 'requires-python': offered.requiresPython }),
    ...(offered.uploadTime === undefined ? {} : { 'upload-time': offered.uploadTime }),
  };
}

function linkTo(offered: OfferedFile): string {
  const python = offered.requiresPython?.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const attributes = [
    ...(python === undefined ? [] : [`data-requires-python="${python}"`]),
    ...(offered.yanked === undefined ? [] : [`data-yanked="${offered.yanked}"`]),
  ];
  const href = `/files/${encodeURIComponent(offered.file)}#sha256=${hashOf(offered)}`;
  return `<a href="${href}" ${attributes.join(' ')}>${offered.file}</a>`;
}

function hashOf({ bytes, fault }: OfferedFile): string {
  return fault === 'wrong-hash' ? '0'.repeat(64) : createHash('sha256').update(bytes).digest('hex');
}

function sendFile(response: ServerResponse, offered: OfferedFile | undefined): void {
  if (offered === undefined) {
    response.writeHead(404).end();
    return;
  }
  const { bytes, fault } = offered;
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length });
  if (fault === 'cut') {
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
  } else if (fault === 'slow') {
    response.write(bytes.subarray(0, 1));
    const wait = setTimeout(() => response.end(bytes.subarray(1)), 5000);
    response.on('close', () => clearTimeout(wait));
  } else {
    response.end(bytes);
  }
}
