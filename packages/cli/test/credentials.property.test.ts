import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redact, withoutCredentials } from '../src/lock/credentials.ts';

const secret = fc.stringMatching(/^[A-Za-z0-9%_.~!-]{8,20}$/).map((text) => `S3${encodeURIComponent(text)}`);
const user = fc.stringMatching(/^[a-z]{1,8}$/).map((text) => `user-${text}`);
const scheme = fc.constantFrom('https', 'http', 'git+https', 'git+ssh', 'ssh');
const parameter = fc.constantFrom('token', 'X-Amz-Signature', 'sig', 'api_key', 'access_token', 'Password');

test('no password and no key is left of a URL, and its place is', () => {
  fc.assert(
    fc.property(scheme, user, secret, parameter, secret, (protocol, name, password, key, value) => {
      const url = `${protocol}://${name}:${password}@host.invalid:8080/a/b-1.0.whl?x=1&${key}=${value}#egg=b`;
      const clean = withoutCredentials(url);
      expect(clean).not.toContain(password);
      expect(clean).not.toContain(value);
      expect(clean).toContain('host.invalid:8080/a/b-1.0.whl?x=1');
      expect(withoutCredentials(clean)).toBe(clean);
      const said = redact(`ERROR: could not fetch ${url}, giving up`);
      expect(said).not.toContain(password);
      expect(said).not.toContain(value);
      expect(said).toMatch(/^ERROR: could not fetch .*, giving up$|^ERROR: could not fetch .*host\.invalid/);
    }),
  );
});

test('what has no credentials stays as it is', () => {
  for (const text of [
    'https://host.invalid/a-1.0.whl?x=1#sha256=00',
    'ssh://git@host.invalid/a.git',
    'git+ssh://git@host.invalid/a.git',
    './a.whl',
    'not a url',
    'file:///a/b.whl',
  ]) {
    expect(withoutCredentials(text)).toBe(text);
  }
  expect(redact('mail me@host.invalid, see https://host.invalid/a@1.0')).toBe(
    'mail me@host.invalid, see https://host.invalid/a@1.0',
  );
});
