import type { Importer, Machine, Recognition, Root, Sample } from '../importer.ts';
import { isHistory, mayEnterTask, mayHoldTask, taskId } from '../formats/taskFormat.ts';
import { globalStorages, joinOn } from '../formats/userDirectories.ts';
import { formatName, leftOut, sourceName } from './format.ts';
import { openReader } from './reader.ts';

/** Roo Code, in VS Code and its relatives. */
export const rooCode: Importer = {
  source: sourceName,
  displayName: 'Roo Code',
  capabilities: { formats: [formatName], leftOut, usage: true },
  roots,
  recognise,
  open: openReader,
};

const extension = 'rooveterinaryinc.roo-cline';

function roots(machine: Machine): readonly Root[] {
  const join = joinOn(machine);
  const folders = globalStorages(machine).map((storage) => join(storage, extension, 'tasks'));
  return folders.map((path) => ({ path, mayHold: mayHoldTask, mayEnter: mayEnterTask }));
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
