import { VivariumError } from '@vivarium/core/host';
import { nearName } from '@vivarium/core/internal';

/** @param context `names`: the long options of the command, without dashes */
export function unknownOption(
  typed: string,
  { names, command }: { readonly names: readonly string[]; readonly command: string | undefined },
): VivariumError {
  const near = typed.startsWith('--') ? nearName(typed.slice(2), names) : undefined;
  return usageError(`Unknown option '${typed}'`, command, near);
}

export function missingValue(typed: string, command: string | undefined): VivariumError {
  return usageError(`Option '${typed}' needs a value`, command);
}

export function unexpectedValue(typed: string, value: string, command: string | undefined): VivariumError {
  return usageError(`Option '${typed}' takes no value, but '${value}' was given`, command);
}

function usageError(message: string, command = 'create', near?: string): VivariumError {
  return new VivariumError('ARGUMENT_INVALID', message, {
    hint: `${near === undefined ? '' : `Did you mean --${near}? `}\`vivarium ${command} --help\` lists all options.`,
  });
}
