/** A session as VS Code's own chat keeps it: the log of operations that its storage replays. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const agent = { extensionId: { value: 'GitHub.copilot-chat' }, extensionVersion: '0.50.1', id: 'github.copilot.editsAgent', name: 'agent' };
const id = '6f1d2c3b-4a59-4e68-8f77-0a1b2c3d4e5f';

/** Writes one session into the storage of a VS Code whose user data is at `userData`; it ended so many minutes ago. */
export async function writeCopilotSession(userData: string, minutesAgo: number): Promise<void> {
  const folder = join(userData, 'User', 'workspaceStorage', '3f9c1d7ab2', 'chatSessions');
  const timestamp = Date.now() - minutesAgo * 60_000;
  const request = {
    requestId: 'request_one',
    timestamp,
    agent,
    modelId: 'copilot/gpt-5-mini',
    message: { text: 'Why is the discount applied twice?', parts: [] },
    variableData: { variables: [] },
    response: [{ value: 'Because `total()` takes it off and `checkout()` takes it off again. Keep the one in `total()`.' }],
    modelState: { value: 1, completedAt: timestamp + 9_000 },
  };
  const start = { version: 3, creationDate: timestamp, responderUsername: 'GitHub Copilot', sessionId: id, requests: [], pendingRequests: [] };
  const operations = [
    { kind: 0, v: start },
    { kind: 2, k: ['requests'], v: [request] },
    { kind: 1, k: ['customTitle'], v: 'Discount applied twice' },
  ];
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${id}.jsonl`), operations.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
