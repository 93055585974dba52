/**
 * What every parser of this package throws, and nothing else: the text does not have the form that its specification
 * asks for. The message is one sentence that quotes the text; `position` is where reading stopped.
 */
export class ParseError extends Error {
  /** The whole text that was read. */
  readonly text: string;
  /** Where in `text` the wrong part begins: an offset in UTF-16 units, from 0. */
  readonly position: number;

  static {
    ParseError.prototype.name = 'ParseError';
  }

  constructor(problem: string, text: string, position: number) {
    super(`${problem}, at position ${position} of ${quote(text, position)}`);
    this.text = text;
    this.position = position;
  }
}

const SHOWN = 200;

// As JSON, so that a control character in a foreign text can not move the cursor of a terminal.
function quote(text: string, position: number): string {
  if (text.length <= SHOWN) return JSON.stringify(text);
  const start = Math.max(0, Math.min(position - SHOWN / 2, text.length - SHOWN));
  const end = start + SHOWN;
  return `${start > 0 ? '…' : ''}${JSON.stringify(text.slice(start, end))}${end < text.length ? '…' : ''}`;
}
