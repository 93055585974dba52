import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where distributions keep the certificates of authorities, besides the place that the builds look at. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
] as const;

/**
 * Lets a Python find the certificates of this system where OpenSSL was built to look for them elsewhere: it would refuse
 * every server. What `SSL_CERT_FILE` and `SSL_CERT_DIR` name still counts alone.
 *
 * @returns whether there are any
 */
export function patchCertificates(stdlib: string): boolean {
  const bundle = BUNDLES.find((path) => existsSync(path));
  if (bundle === undefined) return false;
  appendFileSync(
    join(stdlib, 'ssl.py'),
    ADDITION.replace('BUNDLE', () => JSON.stringify(bundle)),
  );
  return true;
}

const ADDITION = `

# Added by vivarium: OpenSSL was built to look where this system has no certificates.
def _with_certificates_of_system(bundle, paths_of, load):
    def get_default_verify_paths():
        paths = paths_of()
        is_named = "SSL_CERT_FILE" in os.environ or "SSL_CERT_DIR" in os.environ
        if is_named or paths.cafile or paths.capath or not os.path.isfile(bundle):
            return paths
        return paths._replace(cafile=bundle)

    def set_default_verify_paths(self):
        load(self)
        if get_default_verify_paths().cafile == bundle:
            self.load_verify_locations(cafile=bundle)

    return get_default_verify_paths, set_default_verify_paths


get_default_verify_paths, SSLContext.set_default_verify_paths = _with_certificates_of_system(
    BUNDLE, get_default_verify_paths, SSLContext.set_default_verify_paths
)
`;
