/**
 * The name of the file next to a link into the cache, which no RECORD lists: pip would otherwise take site-packages for
 * a directory that holds nothing but what it removes. It goes with the link when we remove that.
 *
 * @param link the name of the link, or a path that ends in it
 */
export function noteName(link: string): string {
  return `${link}.txt`;
}
