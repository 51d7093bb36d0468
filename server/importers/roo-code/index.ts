import type { Importer, Machine, Moved, Recognition, Root, Sample } from '../importer.ts';
import { isHistory, mayEnterTask, mayHoldTask, taskId } from '../formats/taskFormat.ts';
import { globalStorages, isAbsoluteOn, joinOn } from '../formats/userDirectories.ts';
import { userSettings, valueOf } from '../formats/userSettings.ts';
import { formatName, leftOut, sourceName } from './format.ts';
import { openReader } from './reader.ts';

/** Roo Code, in VS Code and its relatives. */
export const rooCode: Importer = {
  source: sourceName,
  displayName: 'Roo Code',
  capabilities: { formats: [formatName], leftOut, usage: true },
  roots,
  moved,
  recognise,
  open: openReader,
};

const extension = 'rooveterinaryinc.roo-cline';
/** In the user settings; see src/utils/storage.ts of https://github.com/RooCodeInc/Roo-Code. */
const storageSetting = 'roo-cline.customStoragePath';

function roots(machine: Machine): readonly Root[] {
  return globalStorages(machine).map((storage) => tasksIn(machine, joinOn(machine)(storage, extension)));
}

function moved(machine: Machine): Moved {
  return {
    files: userSettings(machine),
    roots(content) {
      const folder = valueOf(content, storageSetting);
      return typeof folder === 'string' && isAbsoluteOn(machine, folder) ? [tasksIn(machine, folder)] : [];
    },
  };
}

function tasksIn(machine: Machine, folder: string): Root {
  return { path: joinOn(machine)(folder, 'tasks'), mayHold: mayHoldTask, mayEnter: mayEnterTask };
}

/** Cline's tasks have the same shape: where the path does not name the extension, the task's name tells them apart. */
function recognise({ path, head }: Sample): Recognition | undefined {
  if (!isHistory(path, head)) return undefined;
  const isOwn = path.includes(extension) || (isUuid(taskId(path)) && !path.includes('saoudrizwan.claude-dev'));
  return isOwn ? { format: formatName, unit: 'document' } : undefined;
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
