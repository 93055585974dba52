/** A place in a document: keys of tables, and indexes of arrays from 0. */
export type Path = readonly (string | number)[];

/** The path as it is written in messages: `packages[0].wheels[1].name`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const key = /^[A-Za-z0-9_-]+$/.test(part) ? part : JSON.stringify(part);
    return text === '' ? key : `${text}.${key}`;
  }, '');
}
