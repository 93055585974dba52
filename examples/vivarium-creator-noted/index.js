import { defineCreator, describeInterpreter } from '@vivarium/core/plugin';
import cpython from '@vivarium/creator-cpython-posix';

/** What the creator for CPython on POSIX systems plans, and a note of which Python it was. Plain JavaScript: nothing is built. */
export default defineCreator({
  kind: 'creator',
  name: 'noted',
  title: 'NotedCPython',
  supports: cpython.supports,

  async plan(request, settings) {
    const creation = await cpython.plan(request, settings);
    const contents = `${describeInterpreter(request.interpreter)}\n`;
    return { ...creation, steps: [...creation.steps, { kind: 'file', path: 'NOTE.txt', contents }] };
  },
});
