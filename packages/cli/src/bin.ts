#!/usr/bin/env node
import nodeModule from 'node:module';

// Where Node can (22.8 and later), code that an earlier run compiled is used again. It has to be switched on before the
// code is loaded.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const { main } = await import('./main.ts');
await main(process.argv.slice(2));
