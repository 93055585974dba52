/**
 * A page with one part of it replaced: what is between `<!-- benchmarks: NAME -->` and `<!-- benchmarks end -->`.
 *
 * @throws Error when the page has no such part
 */
export function withRegion(page: string, name: string, content: string): string {
  const start = `<!-- benchmarks: ${name} -->\n`;
  const end = '\n<!-- benchmarks end -->';
  const from = page.indexOf(start);
  const to = page.indexOf(end, from);
  if (from === -1 || to === -1) throw new Error(`There is no part ${name} for figures in the page`);
  return `${page.slice(0, from + start.length)}\n${content}\n${page.slice(to)}`;
}
