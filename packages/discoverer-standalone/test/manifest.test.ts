import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ManifestBuild, problemOf, readManifest } from '@vivarium/discoverer-standalone/managed';
import { parseSpec } from '@vivarium/discovery';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proxyFor } from '../src/download/proxy.ts';
import { choose } from '../src/manifest/choose.ts';
import { ownPlatform } from '../src/manifest/platforms.ts';

const text = readFileSync(join(import.meta.dirname, '../src/manifest/manifest.json'), 'utf8');
const { builds, mirrors, date } = readManifest(text, 'the one that is committed');

describe('the list of Pythons that comes with the package', () => {
  test('has the form of one, and of each minor version and platform one build', () => {
    const keys = builds.map(({ version, platform, freeThreaded = false }) => {
      return `${version.split('.').slice(0, 2).join('.')} ${platform} ${freeThreaded}`;
    });
    expect(new Set(keys).size).toBe(keys.length);
    expect(builds.length).toBeGreaterThan(40);
    expect(
      builds
        .map(({ build }) => build)
        .sort()
        .at(-1),
    ).toBe(date);
  });

  test('names archives as the releases do, below mirrors that are reached by https', () => {
    for (const { version, build, platform, freeThreaded, path } of builds) {
      const name = `cpython-${version}+${build}-${platform}${freeThreaded ? '-freethreaded' : ''}-install_only_stripped.tar.gz`;
      expect(decodeURIComponent(path)).toBe(`${build}/${name}`);
    }
    for (const mirror of mirrors) expect(mirror).toMatch(/^https:\/\/.*\/$/);
  });

  test('offers each platform of the usual machines the last minor versions', () => {
    for (const platform of ['x86_64-unknown-linux-gnu', 'aarch64-apple-darwin', 'x86_64-pc-windows-msvc']) {
      const versions = builds.filter((build) => build.platform === platform).map(({ version }) => version);
      expect(versions.filter((version) => /^3\.(?:11|12|13|14)\./.test(version)).length).toBeGreaterThanOrEqual(4);
    }
  });
});

test('whatever a manifest holds, it is refused with the place, or each of its archives stays below a mirror', () => {
  const part = fc.constantFrom('a', 'b-1.2', '..', '.', '', '%2e%2e', '%2F', 'x%2B');
  const parts = fc.array(part, { minLength: 1, maxLength: 4 }).map((all) => all.join('/'));
  const build = fc.record(
    {
      version: fc.oneof(fc.constant('3.12.1'), fc.string()),
      build: fc.oneof(fc.constant('20261110'), fc.string()),
      platform: fc.constantFrom('x86_64-unknown-linux-gnu', 'toString', ''),
      path: fc.oneof(parts, fc.string(), fc.constantFrom('a/../b', '%2e%2e/x', 'a//b', '/etc', 'https://x/y', 'a%2fb')),
      sha256: fc.oneof(fc.constant('a'.repeat(64)), fc.string()),
      size: fc.oneof(fc.integer(), fc.string()),
    },
    { requiredKeys: [] },
  );
  const manifest = fc.record({
    format: fc.constantFrom(1, 2),
    date: fc.constant('20261110'),
    license: fc.constant('x'),
    mirrors: fc.constant([]),
    builds: fc.array(build, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(manifest, (value) => {
      if (problemOf(value) !== undefined) return;
      for (const { path } of readManifest(JSON.stringify(value), 'this one').builds) {
        const { pathname } = new URL(path, 'http://host/mirror/');
        expect(pathname.startsWith('/mirror/')).toBe(true);
        expect(decodeURIComponent(path).split('/')).not.toContain('..');
      }
    }),
  );
});

describe('a choice', () => {
  const platform = ownPlatform() ?? 'x86_64-unknown-linux-gnu';
  const build = (version: string, date = '20261110', more: Partial<ManifestBuild> = {}): ManifestBuild => {
    return { version, build: date, platform, path: 'x', sha256: 'a'.repeat(64), ...more };
  };
  const all = [
    build('3.13.0'),
    build('3.14.0rc1'),
    build('3.12.9'),
    build('3.12.10'),
    build('3.12.10', '20261111'),
    build('3.13.1', '20261110', { freeThreaded: true }),
    build('3.13.5', '20261110', { platform: 'x86_64-pc-windows-msvc' }),
  ];
  test.each([
    [undefined, '3.13.0 20261110'],
    ['3.12', '3.12.10 20261111'],
    ['3.12.9', '3.12.9 20261110'],
    ['>=3.9,<3.13', '3.12.10 20261111'],
    ['3.13t', '3.13.1 20261110'],
    ['3.14', '3.14.0rc1 20261110'],
    ['cpython3.13', '3.13.0 20261110'],
    ['pypy3.12', undefined],
    ['3.12-32', undefined],
    ['/usr/bin/python3', undefined],
  ])('for %s takes the newest release that fits and runs here: %s', (spec, expected) => {
    const [first] = choose(all, spec === undefined ? undefined : parseSpec(spec));
    expect(first && `${first.version} ${first.build}`).toBe(expected);
  });
});

test.each([
  ['https://a.example.org/', { HTTPS_PROXY: 'http://p:1' }, 'HTTPS_PROXY'],
  ['https://a.example.org/', { https_proxy: 'p:1', HTTPS_PROXY: 'http://q' }, 'https_proxy'],
  ['http://a.example.org/', { HTTPS_PROXY: 'http://p' }, undefined],
  ['http://a.example.org/', { ALL_PROXY: 'http://p' }, 'ALL_PROXY'],
  ['https://a.example.org/', { HTTPS_PROXY: 'http://p', NO_PROXY: '*' }, undefined],
  ['https://a.example.org/', { HTTPS_PROXY: 'http://p', NO_PROXY: 'example.org' }, undefined],
  ['https://a.example.org/', { HTTPS_PROXY: 'http://p', no_proxy: 'b.org .example.org' }, undefined],
  ['https://a.example.org/', { HTTPS_PROXY: 'http://p', NO_PROXY: '*.example.org' }, undefined],
  ['https://notexample.org/', { HTTPS_PROXY: 'http://p', NO_PROXY: 'example.org' }, 'HTTPS_PROXY'],
  ['https://a.example.org:8443/', { HTTPS_PROXY: 'http://p', NO_PROXY: 'a.example.org:8443' }, undefined],
  ['https://a.example.org/', { HTTPS_PROXY: 'http://p', NO_PROXY: 'a.example.org:8443' }, 'HTTPS_PROXY'],
])('the proxy for %s with %j is that of %s', (url, env, variable) => {
  expect(proxyFor(new URL(url), env)?.variable).toBe(variable);
});
