/**
 * Counts what session files hold, in the raw files and by rules of its own: it shares no line with the importers, so that it can tell
 * whether they count right. Made for the samples and plain fixtures, not for whatever a tool may ever write.
 */

import { readFileSync } from 'node:fs';
import { countDocument, countOplog } from './documents.ts';
import { countAider, countOpencode } from './others.ts';
import { countClaude, countCodex, countEvents, countGemini, countKiro, countQwen, countTranscript } from './lines.ts';
import { valuesIn, type Counted } from './tally.ts';

export function countFile(path: string, source: string): Counted {
  if (source === 'opencode') return countOpencode(path);
  const content = readFileSync(path, 'utf8');
  if (source === 'aider') return countAider(content);
  if (/^\{\s/.test(content) || path.endsWith('.json')) return countDocument(JSON.parse(content));
  const lines = valuesIn(content);
  const isAgent = path.includes('/subagents/');
  if (source === 'claude-code') return countClaude(lines, isAgent);
  if (source === 'codex') return countCodex(lines);
  if (source === 'copilot-chat' && content.startsWith('{"kind"')) return countOplog(lines);
  if (source === 'copilot-cli' || source === 'copilot-chat') return countEvents(lines);
  if (source === 'gemini-cli') return countGemini(lines);
  if (source === 'cursor') return countTranscript(lines);
  return source === 'kiro-cli' ? countKiro(lines) : countQwen(lines, isAgent);
}
