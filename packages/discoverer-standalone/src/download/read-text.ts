import { get, type HttpRequest } from './http.ts';
import { withoutCredentials } from './proxy.ts';

const MAX_BYTES = 32 * 1024 * 1024;

/**
 * The text at an address.
 *
 * @throws FetchFailure; Error for one that is larger than 32 MiB
 */
export async function readText(url: URL, context: HttpRequest['context']): Promise<string> {
  const { body } = await get({ url, context });
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BYTES) throw new Error(`${withoutCredentials(url)} is larger than ${MAX_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
