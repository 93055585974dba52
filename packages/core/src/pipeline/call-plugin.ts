import { isVivariumError, messageOf, VivariumError } from '../error.ts';
import type { Plugin, PluginKind } from '../plugin.ts';

/**
 * Calls a plugin. What it throws for users to read goes on as it is; everything else is wrapped in an error that says
 * which plugin failed and doing what.
 */
export async function callPlugin<T>(
  plugin: Plugin<PluginKind>,
  purpose: string,
  call: () => T | Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isVivariumError(error)) throw error;
    throw new VivariumError(
      'PLUGIN_FAILED',
      `The ${plugin.kind} \`${plugin.name}\` could not ${purpose}: ${messageOf(error)}`,
      {
        cause: error,
        hint: 'This is a mistake in the plugin; --with-traceback shows where.',
      },
    );
  }
}

/** The error for a plugin that answered something that its contract does not allow. */
export function badAnswer(plugin: Plugin<PluginKind>, what: string): VivariumError {
  return new VivariumError('PLUGIN_ANSWER_INVALID', `The ${plugin.kind} \`${plugin.name}\` answered ${what}`, {
    hint: 'This is a mistake in the plugin; nothing was written.',
  });
}
