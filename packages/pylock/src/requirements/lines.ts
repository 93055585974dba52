/** A requirement or an option, with its continuation lines put together and without comments. */
export interface LogicalLine {
  readonly text: string;
  /** Where it begins, from 1. */
  readonly line: number;
}

/** The lines of a requirements file, as pip reads them: `\` continues a line, and ` #` begins a comment. */
export function logicalLines(text: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let parts: string[] = [];
  let start = 1;
  const physical = text.replace(/^\ufeff/, '').split(/\r\n?|\n/);
  for (const [index, line] of physical.entries()) {
    if (parts.length === 0) start = index + 1;
    // A line that is a comment ends what was continued, whatever it ends in.
    const isComment = /^\s*#/.test(line);
    const isContinued = line.endsWith('\\') && !isComment && index < physical.length - 1;
    parts.push(isComment ? '' : isContinued ? line.slice(0, -1) : line);
    if (isContinued) continue;
    const joined = parts.join('');
    const comment = /(?:^|\s)#/.exec(joined);
    const whole = (comment === null ? joined : joined.slice(0, comment.index)).trim();
    if (whole !== '') lines.push({ text: whole, line: start });
    parts = [];
  }
  return lines;
}
