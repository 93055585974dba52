import type { Context } from '@vivarium/core/plugin';

/** A proxy, and the variable that names it. */
export interface NamedProxy {
  readonly url: URL;
  readonly variable: string;
}

/**
 * The proxy for an address, by the variables that other programs read too: `HTTPS_PROXY` or `HTTP_PROXY` by its scheme,
 * else `ALL_PROXY`, in lower case first; none for what `NO_PROXY` lists (hosts, `.domain`, `*.domain`, `host:port`, `*`).
 *
 * @throws Error for a variable that is no address
 */
export function proxyFor(url: URL, env: Context['env']): NamedProxy | undefined {
  if (isExcepted(url, read('no_proxy', env)?.value ?? '')) return undefined;
  const found = read(`${url.protocol.slice(0, -1)}_proxy`, env) ?? read('all_proxy', env);
  if (found === undefined) return undefined;
  const text = found.value.includes('://') ? found.value : `http://${found.value}`;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  if (proxy === undefined || !['http:', 'https:'].includes(proxy.protocol)) {
    throw new Error(`the proxy that ${found.name} names has no address that begins with http:// or https://`);
  }
  return { url: proxy, variable: found.name };
}

function read(name: string, env: Context['env']): { readonly name: string; readonly value: string } | undefined {
  for (const each of [name, name.toUpperCase()]) {
    const value = env[each];
    if (value) return { name: each, value };
  }
  return undefined;
}

const PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const host = hostname.toLowerCase();
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', ownPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (name === '' || (ownPort !== undefined && ownPort !== (port || PORTS[protocol]))) return false;
      const domain = name.replace(/^\*/, '').replace(/^\./, '');
      return host === domain || host.endsWith(`.${domain}`);
    });
}

/** An address as messages show it: without a user's name and password. */
export function withoutCredentials(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  return shown.href;
}
