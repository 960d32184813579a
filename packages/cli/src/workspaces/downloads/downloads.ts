import { Command } from 'commander';
import { type Context, say } from '../../context.ts';
import { addCommand } from './add.ts';
import { controlCommands } from './control.ts';
import { libraryCommand } from './library.ts';
import { listCommand } from './list.ts';
import { optimiserCommand } from './optimiser.ts';
import { releaseCommand } from './release.ts';
import { reportCommand } from './report.ts';
import { scanCommand } from './scan.ts';
import { searchCommand } from './search.ts';
import { settingsCommand } from './settings.ts';
import { statusCommand } from './status.ts';

/** `kizashi downloads …`: models from CivitAI, Hugging Face and plain addresses. */
export function downloadsCommand(context: Context): Command {
  const group = new Command('downloads').description(
    say(context, {
      en: 'Download AI models: verified, scanned, never a wrong file',
      ja: 'AI モデルのダウンロード。検証・検査済みのファイルだけを残します',
    }),
  );
  for (const create of [
    addCommand,
    listCommand,
    statusCommand,
    ...controlCommands,
    searchCommand,
    scanCommand,
    libraryCommand,
    releaseCommand,
    reportCommand,
    optimiserCommand,
    settingsCommand,
  ]) {
    group.addCommand(create(context));
  }
  return group;
}
