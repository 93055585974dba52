#!/usr/bin/env node
import { join } from 'node:path';
import { virtualenv } from 'vivarium/virtualenv';

// This file is built as CommonJS, which costs Node least to start.
declare const __dirname: string;

const shim = join(__dirname, '../shim');
const args = process.argv.slice(2);

if (args.length === 1 && args[0] === '--python-shim') process.stdout.write(`${shim}\n`);
else void virtualenv(args, { location: join(shim, 'virtualenv/__init__.py') });
