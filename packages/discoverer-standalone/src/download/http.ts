import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { type Context, messageOf, systemCode } from '@vivarium/core/plugin';
import { type Advice, FetchFailure } from './fetch-failure.ts';
import { type NamedProxy, proxyFor, withoutCredentials } from './proxy.ts';

/** A request for a file or the rest of it. */
export interface HttpRequest {
  readonly url: URL;
  /** The first byte that is wanted. @default 0 */
  readonly from?: number;
  readonly context: Pick<Context, 'env' | 'signal'>;
  readonly patience?: Patience | undefined;
}

/** How long is waited, in milliseconds. */
export interface Patience {
  /** After this time without a byte a server is given up. */
  readonly stalledAfterMs: number;
  /** Between two attempts at the same server, and longer after each. */
  readonly pauseMs: number;
}

/** What is waited for where no caller says otherwise. */
export const PATIENCE: Patience = { stalledAfterMs: 30_000, pauseMs: 250 };

/** What a server sends. */
export interface HttpAnswer {
  readonly body: IncomingMessage;
  /** The first byte of it: 0 where the server sends the whole, whatever was asked for. */
  readonly from: number;
  /** Bytes of the whole file, as far as the server says. */
  readonly total?: number;
}

const MAX_REDIRECTS = 5;

/**
 * Asks for a file by Node's own client: certificates are those that Node has (`NODE_EXTRA_CA_CERTS`, `--use-system-ca`).
 * Redirects are followed, but from `https:` to `http:`.
 *
 * @throws FetchFailure
 */
export async function get(request: HttpRequest): Promise<HttpAnswer> {
  let { url } = request;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await send({ ...request, url });
    const { statusCode: status = 0, headers } = response;
    if (status === 200) return { body: response, from: 0, ...totalOf(headers['content-length']) };
    const range = status === 206 ? /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '') : null;
    if (range !== null && Number(range[1]) === request.from) {
      return { body: response, from: Number(range[1]), ...totalOf(range[2]) };
    }
    response.destroy();
    // What is left of it is nothing, or more than there is: it is asked for once more from its beginning.
    if (status === 416 || status === 206) return get({ ...request, url, from: 0 });
    if (status < 300 || status > 399 || headers.location === undefined) throw refused(status);
    url = followed(url, headers.location);
  }
  throw new FetchFailure(`it leads through more than ${MAX_REDIRECTS} redirects`);
}

function totalOf(text: string | undefined): { readonly total?: number } {
  const total = Number(text);
  return text === undefined || !Number.isSafeInteger(total) ? {} : { total };
}

function refused(status: number): FetchFailure {
  const isProxy = status === 407;
  return new FetchFailure(`the server answered ${status}`, {
    mayPass: status >= 500 || status === 429 || status === 408,
    ...(isProxy ? { advice: 'proxy' as const } : {}),
  });
}

function followed(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const isWorse = from.protocol === 'https:' && to?.protocol !== 'https:';
  if (to === undefined || !['http:', 'https:'].includes(to.protocol) || isWorse) {
    throw new FetchFailure(`it redirects to ${to === undefined ? 'no address' : withoutCredentials(to)}`);
  }
  return to;
}

async function send({ url, from = 0, context, patience = PATIENCE }: HttpRequest): Promise<IncomingMessage> {
  const { env, signal } = context;
  const proxy = proxyOf(url, env);
  const headers = {
    'user-agent': 'vivarium',
    accept: '*/*',
    // The bytes of the archive itself, and not of it packed once more.
    'accept-encoding': 'identity',
    ...(from > 0 ? { range: `bytes=${from}-` } : {}),
  };
  const start = await starter({ url, proxy, options: { headers, signal } });
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      reject(signal.aborted ? signal.reason : unreachable(error, proxy));
    };
    let request: ClientRequest;
    let response: IncomingMessage | undefined;
    try {
      request = start((answer) => {
        response = answer;
        resolve(answer);
      });
    } catch (error) {
      fail(error);
      return;
    }
    request.on('error', fail);
    request.setTimeout(patience.stalledAfterMs, () => {
      const failure = new FetchFailure(`nothing came for ${patience.stalledAfterMs / 1000} s`, { mayPass: true });
      response?.destroy(failure);
      request.destroy(failure);
    });
    request.end();
  });
}

function proxyOf(url: URL, env: Context['env']): NamedProxy | undefined {
  try {
    return proxyFor(url, env);
  } catch (cause) {
    throw new FetchFailure(messageOf(cause), { advice: 'proxy', cause });
  }
}

interface Start {
  readonly url: URL;
  readonly proxy: NamedProxy | undefined;
  readonly options: RequestOptions;
}

/** What starts the request: `https:` through a tunnel of the proxy, `http:` by asking the proxy for the whole address. */
async function starter({
  url,
  proxy,
  options,
}: Start): Promise<(answer: (response: IncomingMessage) => void) => ClientRequest> {
  const [http, https] = await Promise.all([import('node:http'), import('node:https')]);
  if (url.protocol === 'https:') {
    if (proxy === undefined) return (answer) => https.request(url, options, answer);
    const { HttpsProxyAgent } = await import('hpagent');
    const agent = new HttpsProxyAgent({ proxy: proxy.url, keepAlive: false });
    return (answer) => https.request(url, { ...options, agent }, answer);
  }
  if (proxy === undefined) return (answer) => http.request(url, options, answer);
  const { username, password } = proxy.url;
  const secret = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  const headers = {
    ...options.headers,
    host: url.host,
    ...(username === '' ? {} : { 'proxy-authorization': `Basic ${secret}` }),
  };
  const { request } = proxy.url.protocol === 'https:' ? https : http;
  return (answer) => request(proxy.url, { ...options, headers, path: url.href }, answer);
}

const OFFLINE = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'ECONNREFUSED']);
const PASSING = new Set(['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ECONNABORTED']);
const CERTIFICATE = /CERT|SIGNED|SIGNATURE|ISSUER/;

function unreachable(error: unknown, proxy: NamedProxy | undefined): FetchFailure {
  const code = systemCode(error) ?? '';
  const by = proxy === undefined ? '' : ` (by the proxy ${withoutCredentials(proxy.url)} of ${proxy.variable})`;
  if (error instanceof FetchFailure) {
    return new FetchFailure(`${error.message}${by}`, { mayPass: error.mayPass, advice: error.advice });
  }
  return new FetchFailure(`${reasonOf(error, code)}${by}`, {
    mayPass: PASSING.has(code),
    advice: adviceFor(code, proxy),
    cause: error,
  });
}

/** What the system and OpenSSL say, and what the agent for proxies says in words of its own. */
function reasonOf(error: unknown, code: string): string {
  const message = messageOf(error);
  const refusal = /^Bad response: (\d+)$/.exec(message)?.[1];
  if (refusal !== undefined) return `the proxy answered ${refusal}`;
  return CERTIFICATE.test(code) ? `its certificate is not accepted: ${message} (${code})` : message;
}

function adviceFor(code: string, proxy: NamedProxy | undefined): Advice | undefined {
  if (CERTIFICATE.test(code)) return 'certificate';
  if (proxy !== undefined) return 'proxy';
  return OFFLINE.has(code) ? 'offline' : undefined;
}
