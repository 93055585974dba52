import { nearName, VivariumError } from '@vivarium/core';

/** @param names the long options there are, without dashes */
export function unknownOption(typed: string, names: readonly string[]): VivariumError {
  const near = nearName(typed.replace(/^-+/, ''), names);
  return usageError(`Unknown option '${typed}'`, typed.startsWith('--') ? near : undefined);
}

export function missingValue(typed: string): VivariumError {
  return usageError(`Option '${typed}' needs a value`);
}

export function unexpectedValue(typed: string, value: string): VivariumError {
  return usageError(`Option '${typed}' takes no value, but '${value}' was given`);
}

function usageError(message: string, near?: string): VivariumError {
  return new VivariumError('ARGUMENT_INVALID', message, {
    hint: `${near === undefined ? '' : `Did you mean --${near}? `}\`vivarium create --help\` lists all options.`,
  });
}
