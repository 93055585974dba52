import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * How a file is served:
 *
 * - `cut`: the connection ends midway; `cut-once`: the first time only, after which a range of it can be asked for
 * - `slow`: it takes seconds
 * - `wrong-hash`: the page names another hash than the file has
 * - `wrong-content`: the page is right, and what comes is another file of the same size
 * - `missing`: 404; `error`: 500
 */
export type FileFault = 'cut' | 'cut-once' | 'slow' | 'wrong-hash' | 'wrong-content' | 'missing' | 'error';

/** A file that an index offers, and how it misbehaves. */
export interface OfferedFile {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** The `METADATA` that is offered by itself (PEP 658). */
  readonly metadata?: string;
  /** `data-requires-python` of the page. */
  readonly requiresPython?: string;
  /** Withdrawn, with the reason (PEP 592). */
  readonly yanked?: string;
  /** ISO 8601 (PEP 700). */
  readonly uploadTime?: string;
  readonly fault?: FileFault | undefined;
}

/** What an index does with every request. */
export interface IndexBehavior {
  /** `user:password`; what comes without them is answered with 401. */
  readonly credentials?: string;
  /** `error`: 500 to everything; `slow`: each answer takes a second. */
  readonly fault?: 'error' | 'slow';
  /** How long clients may keep files without asking again, in seconds; without it they are told nothing. */
  readonly maxAge?: number;
}

/** A running index. */
export interface RunningIndex {
  /** What `PIP_INDEX_URL` is to be, without credentials. */
  readonly url: string;
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[];
  /** The address of a file that is offered, as its page names it. */
  fileUrl(file: string): string;
  close(): Promise<void>;
}

/** Serves files on this machine as the simple repository API has it: HTML (PEP 503) and JSON (PEP 691). */
export async function serveIndex(
  files: readonly OfferedFile[],
  { credentials, fault, maxAge }: IndexBehavior = {},
): Promise<RunningIndex> {
  const requests: string[] = [];
  const cut = new Set<string>();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '/');
    requests.push(path);
    if (!isPermitted(request, credentials)) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="index"' }).end();
    } else if (fault === 'error') response.writeHead(500).end();
    else if (fault === 'slow') later(response, 1000, () => answer(request, response, path));
    else answer(request, response, path);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    url: `${origin}/simple/`,
    requests,
    fileUrl: (file) => `${origin}/files/${encodeURIComponent(file)}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };

  function answer(request: IncomingMessage, response: ServerResponse, path: string): void {
    const [, kind, name] = path.split('/');
    if (kind === 'simple' && name) {
      const wantsJson = (request.headers.accept ?? '').includes('application/vnd.pypi.simple.v1+json');
      const offered = files.filter(({ file }) => nameOf(file) === name);
      sendPage(response, offered, { name, wantsJson });
    } else if (kind === 'files' && name) sendOffered(request, response, name);
    else response.writeHead(404).end();
  }

  function sendOffered(request: IncomingMessage, response: ServerResponse, name: string): void {
    const described = files.find(({ file, metadata }) => metadata !== undefined && `${file}.metadata` === name);
    if (described?.metadata !== undefined) {
      response.writeHead(200, { 'content-type': 'text/plain' }).end(described.metadata);
      return;
    }
    const offered = files.find(({ file }) => file === name);
    const fault = offered?.fault === 'cut-once' ? (cut.has(name) ? undefined : 'cut') : offered?.fault;
    cut.add(name);
    if (maxAge !== undefined) response.setHeader('cache-control', `max-age=${maxAge}`);
    sendFile(request, response, offered && { ...offered, fault });
  }
}

function isPermitted({ headers }: IncomingMessage, credentials: string | undefined): boolean {
  if (credentials === undefined) return true;
  return headers.authorization === `Basic ${Buffer.from(credentials).toString('base64')}`;
}

function later(response: ServerResponse, milliseconds: number, act: () => void): void {
  const wait = setTimeout(act, milliseconds);
  response.on('close', () => clearTimeout(wait));
}

// A wheel has its name before the first dash, an sdist before the last.
function nameOf(file: string): string {
  const name = file.endsWith('.whl') ? file.split('-')[0] : file.replace(/-[^-]+$/, '');
  return (name ?? '').replaceAll(/[-_.]+/g, '-').toLowerCase();
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
    size: offered.bytes.length,
    yanked: offered.yanked ?? false,
    ...(offered.metadata === undefined ? {} : { 'core-metadata': { sha256: sha256(offered.metadata) } }),
    ...(offered.requiresPython === undefined ? {} : { 'requires-python': offered.requiresPython }),
    ...(offered.uploadTime === undefined ? {} : { 'upload-time': offered.uploadTime }),
  };
}

function linkTo(offered: OfferedFile): string {
  const python = offered.requiresPython?.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const attributes = [
    ...(python === undefined ? [] : [`data-requires-python="${python}"`]),
    ...(offered.yanked === undefined ? [] : [`data-yanked="${offered.yanked}"`]),
    ...(offered.metadata === undefined ? [] : [`data-core-metadata="sha256=${sha256(offered.metadata)}"`]),
  ];
  const href = `/files/${encodeURIComponent(offered.file)}#sha256=${hashOf(offered)}`;
  return `<a href="${href}" ${attributes.join(' ')}>${offered.file}</a>`;
}

function hashOf({ bytes, fault }: OfferedFile): string {
  return fault === 'wrong-hash' ? '0'.repeat(64) : sha256(bytes);
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function sendFile(request: IncomingMessage, response: ServerResponse, offered: OfferedFile | undefined): void {
  if (offered === undefined || offered.fault === 'missing') {
    response.writeHead(404).end();
    return;
  }
  if (offered.fault === 'error') {
    response.writeHead(500).end();
    return;
  }
  const { fault } = offered;
  const bytes = fault === 'wrong-content' ? offered.bytes.map((byte) => byte ^ 1) : offered.bytes;
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const rest = bytes.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    'content-type': 'application/octet-stream',
    'content-length': rest.length,
    'accept-ranges': 'bytes',
    etag: `"${sha256(bytes)}"`,
    ...(from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
  });
  if (fault === 'cut') {
    response.write(rest.subarray(0, rest.length >> 1), () => response.destroy());
  } else if (fault === 'slow') {
    response.write(rest.subarray(0, 1));
    later(response, 5000, () => response.end(rest.subarray(1)));
  } else {
    response.end(rest);
  }
}
