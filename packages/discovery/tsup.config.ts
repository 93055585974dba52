import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.ts';

// PEP 440 is bundled so that it can be loaded when a range is asked about, and not before.
export default defineConfig({ ...preset, noExternal: ['@renovatebot/pep440'] });
