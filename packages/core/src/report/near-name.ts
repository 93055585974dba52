import { closestMatch } from 'leven';

/** The name that someone who typed `text` may have meant, if any is near enough. */
export function nearName(text: string, names: readonly string[]): string | undefined {
  return closestMatch(text, names, { maxDistance: Math.max(2, Math.floor(text.length / 3)) });
}
