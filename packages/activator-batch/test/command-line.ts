/**
 * What cmd.exe makes of one line of a batch file while delayed expansion is off: the two stages that decide what a value
 * in a script becomes. First percent signs, everywhere; then carets, quotes and the signs between commands. It covers
 * what the scripts use and throws at what it doesn't know. The commands come without their `@`.
 */
export function readLine(line: string, variables: Readonly<Record<string, string>> = {}): readonly string[] {
  return splitCommands(expand(line, variables));
}

// `%%` is a percent sign and `%name%` a variable, of which nothing is read again; `%name:a=b%` replaces.
function expand(line: string, variables: Readonly<Record<string, string>>): string {
  return line.replace(/%%|%([^%:\s]+)(?::([^%=]+)=([^%]*))?%|%/g, (sign, name?: string, old?: string, by = '') => {
    if (sign === '%%') return '%';
    if (name === undefined) return '';
    const value = variables[name] ?? '';
    return old === undefined ? value : value.replaceAll(old, () => by);
  });
}

// A caret takes its meaning from what follows it, but not in quotes; a quote begins or ends such a stretch.
function splitCommands(line: string): readonly string[] {
  const commands: string[] = [''];
  let isQuoted = false;
  const add = (text: string): void => {
    commands.push(`${commands.pop()}${text}`);
  };
  for (let index = 0; index < line.length; index += 1) {
    const sign = line.charAt(index);
    if (sign === '"') isQuoted = !isQuoted;
    if (isQuoted || !'^&|<>'.includes(sign)) {
      add(sign);
    } else if (sign === '^') {
      index += 1;
      add(line.charAt(index));
    } else if (sign === '&') {
      commands.push('');
    } else {
      throw new Error(`A ${sign} that is neither quoted nor escaped: ${line}`);
    }
  }
  return commands.map((command) => command.replace(/^[@\s]+/, ''));
}

/** The variable and the value that a `set` command gives it. */
export function readSet(command: string): readonly [name: string, value: string] {
  const [, assigned = ''] = /^set (.*)$/s.exec(command) ?? [];
  const text = assigned.startsWith('"') ? assigned.slice(1, assigned.lastIndexOf('"')) : assigned;
  const equals = text.indexOf('=');
  if (equals < 1) throw new Error(`Nothing is set by ${command}`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}
