import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Certificates } from './certificates.ts';

/** A running proxy for `https:`. */
export interface TunnelServer {
  /** Its address, with `/` at the end. */
  readonly url: string;
  /** What was asked for, in order: the host with its port, and the user with the password after a blank. */
  readonly requests: readonly string[];
  /** What it answers from now on instead of what was asked for. */
  refusal: number | undefined;
  close(): Promise<void>;
}

/** Leads connections on to servers of this machine (`CONNECT`, RFC 9110 9.3.6); with certificates it is reached by `https:`. */
export async function serveTunnels(certificates?: Certificates): Promise<TunnelServer> {
  const requests: string[] = [];
  const server = certificates === undefined ? createServer() : createSecureServer(certificates);
  const sockets = new Set<{ destroy(): void }>();
  server.on('connect', ({ url = '', headers }, client, head) => {
    const secret = /^Basic (.*)$/.exec(headers['proxy-authorization'] ?? '')?.[1];
    const user = secret === undefined ? '' : Buffer.from(secret, 'base64').toString();
    requests.push([url, user].filter(Boolean).join(' '));
    sockets.add(client);
    client.on('error', () => {});
    if (running.refusal !== undefined) return void client.end(`HTTP/1.1 ${running.refusal} Refused\r\n\r\n`);
    const upstream = connect({ host: '127.0.0.1', port: Number(url.split(':')[1]) }, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    sockets.add(upstream);
    upstream.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const running: TunnelServer = {
    url: `${certificates === undefined ? 'http' : 'https'}://127.0.0.1:${port}/`,
    requests,
    refusal: undefined,
    close() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return running;
}
