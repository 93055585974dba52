/** A size for people: `12.3 MB`, in millions of bytes. */
export function formatBytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
