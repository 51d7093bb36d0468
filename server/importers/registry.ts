/** The only list of importers. */

import { claudeCode } from './claude-code/index.ts';
import { copilotChat } from './copilot-chat/index.ts';
import type { Importer } from './importer.ts';

export const importers: readonly Importer[] = [claudeCode, copilotChat];
