// Which pages the documentation site has, in which order, and under which headings. The title of a page is its first
// heading. Links to any other Markdown file of the repository fail the build, so that a reader never leaves the site.

/**
 * @typedef {object} Section
 * @property {string} title
 * @property {readonly string[]} files - Markdown files, from the root of the repository
 */

/** @type {readonly Section[]} */
export const CONTENTS = [
  { title: 'Start', files: ['docs/index.md', 'docs/tutorial.md', 'docs/from-virtualenv.md'] },
  {
    title: 'How to',
    files: [
      'docs/how-to/run-an-app-from-a-lock.md',
      'docs/how-to/choose-a-python.md',
      'docs/how-to/get-a-python.md',
      'docs/how-to/use-it-in-ci.md',
      'docs/how-to/build-a-container.md',
      'docs/how-to/work-offline.md',
      'docs/how-to/set-up-an-editor.md',
      'docs/how-to/migrate-from-venv.md',
      'docs/how-to/migrate-from-uv.md',
      'docs/how-to/migrate-from-conda.md',
      'docs/how-to/replace-an-environment.md',
      'docs/inspect-doctor-repair.md',
      'docs/run-and-env.md',
      'docs/move-and-clone.md',
      'docs/list-and-remove.md',
      'docs/redirects.md',
      'docs/locks.md',
      'docs/bundling.md',
      'docs/bundles.md',
    ],
  },
  {
    title: 'Reference',
    files: [
      'docs/reference/cli.md',
      'docs/reference/settings.md',
      'docs/reference/project-settings.md',
      'docs/reference/errors.md',
      'docs/reference/library.md',
      'docs/reference/plan.md',
    ],
  },
  {
    title: 'Explanation',
    files: [
      'docs/how-an-environment-works.md',
      'docs/architecture.md',
      'SECURITY.md',
      'docs/performance.md',
      'docs/benchmarks.md',
      'docs/differences-from-venv.md',
    ],
  },
  {
    title: 'Plugins',
    files: [
      'docs/plugins/README.md',
      'docs/plugins/tutorial.md',
      'docs/finding-plugins.md',
      'docs/reference/plugins.md',
      'docs/plugins/reference/activator.md',
      'docs/plugins/reference/creator.md',
      'docs/plugins/reference/seeder.md',
      'docs/plugins/reference/discoverer.md',
      'docs/plugins/reference/shared.md',
    ],
  },
];

/** In the site, but in no menu: pages that others link to. */
export const LINKED = ['CONTRIBUTING.md', 'CODE_OF_CONDUCT.md'];
