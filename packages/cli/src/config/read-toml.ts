import { messageOf, VivariumError } from '@vivarium/core/host';

/**
 * Reads a TOML file into plain tables.
 *
 * @throws VivariumError `CONFIG_INVALID` with the place
 */
export async function readToml(text: string, path: string): Promise<Readonly<Record<string, unknown>>> {
  // Most directories have no such file.
  const { parse } = await import('smol-toml');
  try {
    return parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const [first = ''] = messageOf(error).split('\n');
    const place = error instanceof Error && 'line' in error ? `line ${String(error.line)} of ` : '';
    throw new VivariumError('CONFIG_INVALID', `TOML can't be read in ${place}${path}: ${first}`, {
      cause: error,
      hint: 'Correct the file, or name another with VIVARIUM_CONFIG_FILE.',
    });
  }
}
