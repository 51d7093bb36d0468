/** GitHub Copilot Chat in VS Code and its relatives. */

import type { Importer } from '../importer.ts';
import { formats, leftOutAttachments, leftOutFields, leftOutLines, leftOutParts } from './format.ts';
import { openReader } from './reader.ts';
import { recognise } from './recognise.ts';
import { roots } from './roots.ts';

export const copilotChat: Importer = {
  source: 'copilot-chat',
  displayName: 'Copilot Chat',
  capabilities: {
    formats: Object.values(formats),
    leftOut: { ...leftOutParts, ...leftOutAttachments, ...leftOutLines, ...leftOutFields },
    usage: true,
    lesser: [formats.transcript],
  },
  roots,
  recognise,
  open: (file) => openReader(file),
};
