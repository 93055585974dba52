// An extension that needs a Python tool. Extensions are bundled as CommonJS and may write to their global storage.
import { ensureEnvironment, VivariumError } from 'vivarium';
import * as vscode from 'vscode';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const python = () =>
    vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: 'Python' }, (progress) =>
      ensureEnvironment({
        destination: vscode.Uri.joinPath(context.globalStorageUri, 'python').fsPath,
        seedWheels: context.asAbsolutePath('dist/seed-wheels'),
        onEvent: (event) => {
          if (event.type === 'steps') progress.report({ message: `${event.done} of ${event.total}` });
        },
      }),
    );
  context.subscriptions.push(
    vscode.commands.registerCommand('demo.python', async () => {
      try {
        const { outcome, paths } = await python();
        return { outcome, executable: paths.executable };
      } catch (error) {
        const { message, hint = '', code } = VivariumError.from(error);
        await vscode.window.showErrorMessage(`${message} ${hint} (${code})`);
        return undefined;
      }
    }),
  );
}
