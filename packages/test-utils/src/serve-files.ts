import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificates } from './certificates.ts';

/**
 * How a file is served:
 *
 * - `cut`: the connection ends midway, every time; `cut-once`: the first time only
 * - `stalled`: after the first bytes nothing comes any more; `slow`: it comes in pieces
 * - `short`, `long`: complete by what the server says, and not what the file is
 * - `wrong`: other bytes of the same length
 * - `no-range`: the whole file is sent, whatever part was asked for; `wrong-range`: another part
 * - `redirect`: by way of another address; `loop`: by way of itself; `elsewhere`: to what is no web address
 * - a location: by way of that address
 * - a number: the status of the answer
 */
export type ServerFault =
  | 'cut'
  | 'cut-once'
  | 'stalled'
  | 'slow'
  | 'short'
  | 'long'
  | 'wrong'
  | 'no-range'
  | 'wrong-range'
  | 'redirect'
  | 'loop'
  | 'elsewhere'
  | { readonly location: string }
  | number;

/** A running server. */
export interface FileServer {
  /** Its address, with `/` at the end. */
  readonly url: string;
  /** What was asked for, in order: the path, and the range after a blank. */
  readonly requests: readonly string[];
  /** How it misbehaves from now on. */
  fault: ServerFault | undefined;
  close(): Promise<void>;
}

/** Serves files by their paths, on this machine; with certificates by `https:`. A proxy asks for whole addresses, and is answered like anybody else. */
export async function serveFiles(
  files: Readonly<Record<string, Uint8Array>>,
  certificates?: Certificates,
): Promise<FileServer> {
  const requests: string[] = [];
  const cut = new Set<string>();
  const answer: RequestListener = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = decodeURIComponent(pathname).slice(1);
    requests.push([path, request.headers.range].filter(Boolean).join(' '));
    const bytes = files[path.replace(/^moved\//, '')];
    if (typeof running.fault === 'number') response.writeHead(running.fault).end();
    else if (bytes === undefined) response.writeHead(404).end();
    else send({ request, response, path, bytes });
  };
  const server = certificates === undefined ? createServer(answer) : createSecureServer(certificates, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const running: FileServer = {
    url: `${certificates === undefined ? 'http' : 'https'}://127.0.0.1:${port}/`,
    requests,
    fault: undefined,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return running;

  function send({ request, response, path, bytes }: Sending): void {
    const { fault } = running;
    if (fault === 'redirect' && !path.startsWith('moved/')) {
      response.writeHead(302, { location: `/moved/${encodeURI(path).replaceAll('+', '%2B')}` }).end();
      return;
    }
    if (fault === 'loop') return void response.writeHead(301, { location: request.url }).end();
    if (fault === 'elsewhere') return void response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    if (typeof fault === 'object') return void response.writeHead(302, { location: fault.location }).end();
    const asked = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const from = fault === 'no-range' ? 0 : asked;
    if (from >= bytes.length) return void response.writeHead(416).end();
    const content = contentOf(bytes.subarray(from), fault);
    const first = fault === 'wrong-range' ? from + 1 : from;
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length':
        fault === 'cut' || fault === 'cut-once' || fault === 'stalled' ? bytes.length - from : content.length,
      ...(from > 0 ? { 'content-range': `bytes ${first}-${bytes.length - 1}/${bytes.length}` } : {}),
    });
    const isCut = fault === 'cut' || (fault === 'cut-once' && !cut.has(path));
    cut.add(path);
    // The other side loses what it has not read when the connection breaks.
    if (isCut)
      response.write(content.subarray(0, content.length >> 1), () => setTimeout(() => response.destroy(), 200));
    else if (fault === 'stalled') response.write(content.subarray(0, 100));
    else if (fault === 'slow') void inPieces(response, content);
    else response.end(content);
  }
}

interface Sending {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly bytes: Uint8Array;
}

function contentOf(bytes: Uint8Array, fault: ServerFault | undefined): Uint8Array {
  if (fault === 'wrong') return bytes.map((byte) => byte ^ 1);
  if (fault === 'short') return bytes.subarray(0, bytes.length >> 1);
  return fault === 'long' ? Buffer.concat([bytes, Buffer.alloc(5000)]) : bytes;
}

const PIECES = 10;

async function inPieces(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  const size = Math.ceil(bytes.length / PIECES);
  for (let piece = 0; piece < PIECES; piece += 1) {
    response.write(bytes.subarray(piece * size, (piece + 1) * size));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  response.end();
}
