import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a server of this machine is recognized by, and the authority that says so. */
export interface Certificates {
  /** The certificate of the authority, in a file. */
  readonly authority: string;
  readonly key: Buffer;
  /** For `localhost` and 127.0.0.1. */
  readonly cert: Buffer;
}

/** Whether certificates can be made here. */
export const hasOpenssl: boolean = existsSync('/usr/bin/openssl');

/** Makes an authority as a company has one, and a certificate by it, which is all that its server sends. */
export function makeCertificates(directory: string): Certificates {
  const file = (name: string): string => join(directory, name);
  const [authority, key, cert] = [file('authority.pem'), file('key.pem'), file('cert.pem')];
  const by = ['-CA', authority, '-CAkey', file('authority.key'), '-CAcreateserial', '-CAserial', file('serial')];
  writeFileSync(file('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  openssl('req', '-x509', ...newKey(file('authority.key')), '-subj', '/CN=Company', '-days', '2', '-out', authority);
  openssl('req', ...newKey(key), '-subj', '/CN=localhost', '-out', file('request'));
  openssl('x509', '-req', '-in', file('request'), ...by, '-days', '2', '-extfile', file('names'), '-out', cert);
  return { authority, key: readFileSync(key), cert: readFileSync(cert) };
}

function newKey(file: string): readonly string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file];
}

function openssl(...args: readonly string[]): void {
  execFileSync('/usr/bin/openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
