import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleScript } from '@vivarium/test-utils/bundle-script';
import { type Certificates, hasOpenssl, makeCertificates } from '@vivarium/test-utils/certificates';
import { type FileServer, serveFiles } from '@vivarium/test-utils/serve-files';
import { serveTunnels, type TunnelServer } from '@vivarium/test-utils/serve-tunnels';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesOf, listed, standIn, writeManifest } from './store.ts';

const run = promisify(execFile);
const build = listed(await standIn());

let script: string;
let company: Certificates;
let server: FileServer;
let proxy: TunnelServer;
const closed: (() => Promise<void>)[] = [];

/** A Node that takes the certificates of the system: this one, or one that the tests of runtimes have. */
const systemNode = process.allowedNodeEnvironmentFlags.has('--use-system-ca')
  ? process.execPath
  : /(?:^|\s)node-(?:2[2-9]|3\d)=(\S+)/.exec(process.env.VIVARIUM_RUNTIMES ?? '')?.[1];

describe.skipIf(!hasOpenssl)('by https, with certificates of a company (needs openssl)', () => {
  beforeAll(async () => {
    // Outside of the directories of single tests, which are removed with them.
    const directory = join(import.meta.dirname, '..', 'node_modules', '.cache', 'https');
    script = await bundleScript(join(import.meta.dirname, 'install-script.ts'), directory);
    company = makeCertificates(directory);
    server = await serveFiles(filesOf([build]), company);
    proxy = await serveTunnels();
    closed.push(server.close, proxy.close);
  });
  afterAll(async () => {
    for (const close of closed) await close();
  });

  interface Attempt {
    readonly variables?: Readonly<Record<string, string>>;
    readonly node?: string;
    readonly flags?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly mirror?: string;
  }

  /** Installs in a process of its own, since Node reads its certificates when it starts. */
  async function attempt({ variables = {}, node = process.execPath, flags = [], env = {}, mirror }: Attempt) {
    const directory = temporaryDirectory();
    const args = [...flags, script, directory, writeManifest(directory, [build]), mirror ?? server.url];
    const own = { ...process.env, TEST_VARIABLES: JSON.stringify(variables), ...env };
    return run(node, args, { env: own }).catch((error: { readonly stdout: string; readonly stderr: string }) => error);
  }
  const trusted = (): Readonly<Record<string, string>> => ({ NODE_EXTRA_CA_CERTS: company.authority });

  test('an unknown authority is told, with what helps', async () => {
    const { stdout, stderr } = await attempt({});
    expect(stdout).not.toContain('new');
    expect(stderr).toMatch(/certificate is not accepted: .*\(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)/);
    expect(stderr).toContain('NODE_EXTRA_CA_CERTS=FILE');
    expect(stderr).toContain('--use-system-ca');
  });

  test('NODE_EXTRA_CA_CERTS names the one of a company', async () => {
    expect((await attempt({ env: trusted() })).stdout).toContain('new');
  });

  test('a certificate of another host is not accepted, even by a known authority', async () => {
    // The tunnel leads to this machine, whatever is asked for.
    const mirror = server.url.replace('127.0.0.1', 'archives.invalid');
    const { stderr } = await attempt({ env: trusted(), mirror, variables: { HTTPS_PROXY: proxy.url } });
    expect(stderr).toMatch(/certificate is not accepted: .*archives\.invalid.*\(ERR_TLS_CERT_ALTNAME_INVALID\)/);
  });

  test.skipIf(systemNode === undefined)(
    'those of the system count with --use-system-ca (needs Node 22.15 or later)',
    async () => {
      const env = { SSL_CERT_FILE: company.authority, NODE_OPTIONS: '--use-system-ca' };
      expect((await attempt({ node: systemNode ?? '', env })).stdout).toContain('new');
    },
  );

  test('HTTPS_PROXY leads through a tunnel, with its user, and NO_PROXY around it', async () => {
    const before = proxy.requests.length;
    const HTTPS_PROXY = proxy.url.replace('//', '//user:pass%20word@');
    expect((await attempt({ env: trusted(), variables: { HTTPS_PROXY } })).stdout).toContain('new');
    expect(proxy.requests.slice(before)).toEqual([`${new URL(server.url).host} user:pass word`]);
    const around = await attempt({ env: trusted(), variables: { HTTPS_PROXY, NO_PROXY: '127.0.0.1' } });
    expect(around.stdout).toContain('new');
    expect(proxy.requests).toHaveLength(before + 1);
  });

  test('what a proxy refuses is told with its variable, and without its password', async () => {
    const HTTPS_PROXY = proxy.url.replace('//', '//user:secret@');
    for (const refusal of [403, 407]) {
      proxy.refusal = refusal;
      const { stderr } = await attempt({ env: trusted(), variables: { HTTPS_PROXY } });
      expect(stderr).toMatch(
        new RegExp(`the proxy answered ${refusal} \\(by the proxy http://127\\.0\\.0\\.1:\\d+/ of HTTPS_PROXY\\)`),
      );
      expect(stderr).not.toContain('secret');
    }
    proxy.refusal = undefined;
  });

  test('a proxy is reached by https too, where its certificate is known', async () => {
    const secure = await serveTunnels(company);
    closed.push(secure.close);
    const variables = { https_proxy: secure.url.replace('127.0.0.1', 'localhost') };
    expect((await attempt({ env: trusted(), variables })).stdout).toContain('new');
    expect(secure.requests).toHaveLength(1);
    expect((await attempt({ variables })).stderr).toContain('NODE_EXTRA_CA_CERTS=FILE');
  });

  test('nothing leads from https to http', async () => {
    const plain = await serveFiles(filesOf([build]));
    closed.push(plain.close);
    server.fault = { location: plain.url };
    const { stderr } = await attempt({ env: trusted() });
    server.fault = undefined;
    expect(stderr).toContain(`it redirects to ${plain.url}`);
    expect(plain.requests).toEqual([]);
  });
});
