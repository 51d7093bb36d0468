import type { Importer, Machine, Recognition, Root, Sample } from '../importer.ts';
import { headKeys } from '../formats/headKeys.ts';
import { segments } from '../formats/place.ts';
import { isHistory, mayEnterTask, mayHoldTask, taskId } from '../formats/taskFormat.ts';
import { globalStorages, joinOn } from '../formats/userDirectories.ts';
import { formats, leftOut, sourceName } from './format.ts';
import { openReader } from './reader.ts';

/** Cline: its extensions for editors, its command line, and what runs on its SDK. */
export const cline: Importer = {
  source: sourceName,
  displayName: 'Cline',
  capabilities: { formats: Object.values(formats), leftOut, usage: true },
  roots,
  recognise,
  open: openReader,
};

const extension = 'saoudrizwan.claude-dev';
const forks = /roo-cline|kilocode\.kilo-code/;

function roots(machine: Machine): readonly Root[] {
  const join = joinOn(machine);
  const { env } = machine;
  const own = join(machine.home, '.cline');
  const data = [env['CLINE_DATA_DIR'] || join(env['CLINE_DIR'] || own, 'data'), join(own, 'data')];
  const sessions = [env['CLINE_SESSION_DATA_DIR'], ...data.map((folder) => join(folder, 'sessions'))].filter((path) => path !== undefined);
  const tasks = [...data, ...globalStorages(machine).map((storage) => join(storage, extension))].map((folder) => join(folder, 'tasks'));
  return [
    ...[...new Set(sessions)].map((path) => ({ path, mayHold: mayHoldSession, mayEnter: mayEnterTask })),
    ...[...new Set(tasks)].map((path) => ({ path, mayHold: mayHoldTask, mayEnter: mayEnterTask })),
  ];
}

function mayHoldSession(relativePath: string): boolean {
  return /^[^/]+\/[^/]+\.messages\.json$/.test(relativePath);
}

function recognise({ path, head }: Sample): Recognition | undefined {
  if (isHistory(path, head)) return isOwnTask(path) ? { format: formats.task, unit: 'document' } : undefined;
  const keys = headKeys(head);
  const isNamed = isMessagesFile(path) || (keys.has('sessionId') && (keys.has('agent') || keys.has('system_prompt')));
  const isSession = isNamed && keys.get('messages') === '[' && keys.has('version');
  return isSession ? { format: formats.session, unit: 'document' } : undefined;
}

function isMessagesFile(path: string): boolean {
  return segments(path).at(-1)?.endsWith('.messages.json') ?? false;
}

/** Roo Code's tasks have the same shape: where the path does not name the extension, the task's name tells them apart. */
function isOwnTask(path: string): boolean {
  return path.includes(extension) || (/^\d{13}/.test(taskId(path)) && !forks.test(path));
}
