/** The name that somebody who typed `text` may have meant, if any is near enough. */
export async function nearName(text: string, names: readonly string[]): Promise<string | undefined> {
  // Needed for error messages alone.
  const { closestMatch } = await import('leven');
  return closestMatch(text, names, { maxDistance: Math.max(2, Math.floor(text.length / 3)) });
}
