/** Parameters of signed addresses, and of those that carry a key. */
const SECRET_PARAMETER = /token|secret|signature|password|credential|api[-_]?key|^sig$|^x-amz-|^x-goog-/i;

/**
 * A URL without what only its user should know: name and password, and parameters that are keys. The name alone stays
 * where it is needed to connect (`ssh://git@host/…`). What is not a URL stays as it is.
 */
export function withoutCredentials(url: string): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  const secret = [...parsed.searchParams.keys()].filter((name) => SECRET_PARAMETER.test(name));
  const keepsName = /^(?:\w+\+)?ssh:$/.test(parsed.protocol);
  const hasUser = parsed.password !== '' || (parsed.username !== '' && !keepsName);
  if (secret.length === 0 && !hasUser) return url;
  for (const name of secret) parsed.searchParams.delete(name);
  parsed.password = '';
  if (!keepsName) parsed.username = '';
  return parsed.href;
}

/** A text of a program in which the credentials of URLs are replaced by stars. */
export function redact(text: string): string {
  return text
    .replaceAll(/:\/\/([^/\s]+)@/g, (whole, user: string, at: number) =>
      // The `git` of ssh://git@host is no secret; a name alone can be a token over HTTP.
      user.includes(':') || /https?$/i.test(text.slice(Math.max(0, at - 5), at)) ? '://****@' : whole,
    )
    .replaceAll(/(?<=[?&])([\w-]+)=[^&#\s'"]+/g, (whole, name: string) =>
      SECRET_PARAMETER.test(name) ? `${name}=****` : whole,
    );
}
