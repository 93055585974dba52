// Writes the API report of every entry of every public package: its public declarations, so that a change of the public
// interface is seen in review. It reads the declarations that were built.
//
//   node scripts/api-report.mjs           writes them to packages/NAME/etc
//   node scripts/api-report.mjs --check   fails if what is committed is not what would be written
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { root } from './set-up.mjs';

const isCheck = process.argv.includes('--check');
const packages = join(root, 'packages');
const stale = readdirSync(packages)
  .sort()
  .flatMap((name) => entriesOf(join(packages, name)))
  .filter((entry) => !report(entry));
if (isCheck && stale.length > 0) {
  const names = stale
    .map(({ directory, name }) => `${directory.slice(root.length + 1)}/etc/${name}.api.md`)
    .join('\n  ');
  process.stderr.write(
    `API reports differ from what was built:\n  ${names}\nRun node scripts/api-report.mjs, and look at the difference.\n`,
  );
  process.exit(1);
}

/**
 * The documented entries with declarations of a package that is published.
 *
 * @param {string} directory
 * @returns {readonly { directory: string; name: string; types: string }[]}
 */
function entriesOf(directory) {
  const path = join(directory, 'package.json');
  if (!existsSync(path)) return [];
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  if (manifest.private) return [];
  return Object.entries(manifest.exports ?? {}).flatMap(([key, value]) => {
    const types = value?.types;
    if (types === undefined || key === './internal') return [];
    return [{ directory, name: key === '.' ? 'index' : key.slice(2), types: join(directory, types) }];
  });
}

/**
 * Whether the report of an entry is committed as it would be written; it is written unless it is only checked.
 *
 * @param {{ directory: string; name: string; types: string }} entry
 * @returns {boolean}
 */
function report({ directory, name, types }) {
  const reports = join(directory, 'etc');
  const temporary = join(root, 'node_modules/.cache/api-report');
  mkdirSync(reports, { recursive: true });
  mkdirSync(temporary, { recursive: true });
  const configuration = ExtractorConfig.prepare({
    configObjectFullPath: join(directory, 'api-extractor.json'),
    packageJsonFullPath: join(directory, 'package.json'),
    configObject: {
      projectFolder: directory,
      mainEntryPointFilePath: types,
      compiler: {
        overrideTsconfig: {
          compilerOptions: { module: 'nodenext', target: 'es2023', skipLibCheck: true, types: ['node'] },
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: reports,
        reportTempFolder: temporary,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.None },
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.Warning, addToApiReportFile: true },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
  const result = Extractor.invoke(configuration, {
    localBuild: !isCheck,
    showVerboseMessages: false,
    messageCallback: (message) => {
      message.handled = message.logLevel !== ExtractorLogLevel.Error;
      if (message.logLevel === ExtractorLogLevel.Error) process.stderr.write(`${message.text}\n`);
    },
  });
  rmSync(temporary, { recursive: true, force: true });
  return !result.apiReportChanged && result.errorCount === 0;
}
