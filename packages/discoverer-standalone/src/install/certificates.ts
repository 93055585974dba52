import { existsSync } from 'node:fs';
import type { Context } from '@vivarium/core/plugin';

/** Where distributions keep the certificates of authorities, besides the place that the builds look at. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
] as const;

/** Tells what to set where a Python finds no certificates: it would refuse every server. pip has its own. */
export function warnOfCertificates({ warn }: Pick<Context, 'warn'>): void {
  const bundle = BUNDLES.find((path) => existsSync(path));
  const remedy =
    bundle === undefined
      ? "install the system's certificates (the package ca-certificates)"
      : `set SSL_CERT_FILE=${bundle} for programs that use it`;
  warn(`this Python finds no certificates of authorities on this system; ${remedy}`, 'PYTHON_CERTIFICATES_MISSING');
}
