import { defineOptions } from '@vivarium/core/host';
import { cliOptions } from '../cli-options.ts';

const { json, withTraceback } = cliOptions;

/** The options that every command has. */
export const commonOptions = defineOptions({ json, withTraceback });
