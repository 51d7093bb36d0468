/** The only list of importers. */

import { aider } from './aider/index.ts';
import { amp } from './amp/index.ts';
import { claudeCode } from './claude-code/index.ts';
import { cline } from './cline/index.ts';
import { codex } from './codex/index.ts';
import { continueDev } from './continue/index.ts';
import { copilotChat } from './copilot-chat/index.ts';
import { copilotCli } from './copilot-cli/index.ts';
import { cursor } from './cursor/index.ts';
import { geminiCli } from './gemini-cli/index.ts';
import type { Importer } from './importer.ts';
import { kiroCli } from './kiro-cli/index.ts';
import { opencode } from './opencode/index.ts';
import { qwenCode } from './qwen-code/index.ts';
import { rooCode } from './roo-code/index.ts';

export const importers: readonly Importer[] = [
  aider,
  amp,
  claudeCode,
  cline,
  codex,
  continueDev,
  copilotChat,
  copilotCli,
  cursor,
  geminiCli,
  kiroCli,
  opencode,
  qwenCode,
  rooCode,
];
