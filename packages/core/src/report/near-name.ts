import { closestMatch } from 'leven';

const SHORTEST_BEGINNING = 3;

/** The name that someone who typed `text` may have meant, if any is near enough. */
export function nearName(text: string, names: readonly string[]): string | undefined {
  const longer = names.filter((name) => text.length >= SHORTEST_BEGINNING && name.startsWith(text));
  if (longer.length === 1) return longer[0];
  return closestMatch(text, names, { maxDistance: Math.max(2, Math.floor(text.length / 3)) });
}
