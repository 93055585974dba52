import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

// Nothing listens there: who goes by these variables gets nowhere.
const NOWHERE = 'http://127.0.0.1:9';
const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy', 'ALL_PROXY'];

/** Does some work, and tells which addresses it asked. Processes that it starts are led nowhere by their proxies. */
export async function withoutNetwork<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const note = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    socket.once('connect', () => asked.push(`${socket.remoteAddress}:${socket.remotePort}`));
    socket.once('lookup', (_error, address, _family, host) => asked.push(`${host} (${address})`));
  };
  const before = PROXIES.map((name) => [name, process.env[name]] as const);
  for (const name of PROXIES) process.env[name] = NOWHERE;
  subscribe('net.client.socket', note);
  try {
    return { value: await work(), asked };
  } finally {
    unsubscribe('net.client.socket', note);
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
