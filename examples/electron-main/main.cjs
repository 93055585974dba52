// The main process of an application. The installed application is read-only, so that the environment is in the user's
// data directory; the wheels that it starts with are next to this file. Two windows may ask at the same time.
const { join } = require('node:path');
const { app, ipcMain } = require('electron');
const { ensureEnvironment } = require('vivarium');

function python() {
  return ensureEnvironment({
    destination: join(app.getPath('userData'), 'python'),
    appData: join(app.getPath('userData'), 'vivarium'),
    seedWheels: join(__dirname, 'seed-wheels'),
    python: '>=3.9',
    onEvent: (event) => app.emit('python-progress', event),
  });
}

ipcMain.handle('python:version', async () => {
  const environment = await python();
  const { stdout } = await environment.run(['-c', 'import sys; print(sys.version.split()[0])']);
  return { outcome: environment.outcome, version: stdout.trim(), prefix: environment.environment.destination };
});
