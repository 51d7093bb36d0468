/** A chat of Cursor's database: what `composerData:<id>` says of it, and where its bubbles are. */

import type { ChatSessionHeader } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asArray, asObject, asText, type JsonObject } from '../formats/json.ts';
import { fromMs, fromText, modified } from '../formats/moment.ts';
import { fileUri } from '../formats/place.ts';
import { titleFrom } from '../formats/title.ts';
import type { SourceFile } from '../importer.ts';
import { stateFormat } from './bubble.ts';

export interface Composer {
  readonly id: string;
  readonly value: JsonObject;
  /** RFC 3339. */
  readonly created: string;
  readonly workspace?: string;
  readonly model?: string;
  /** In the order of the chat; `inline` is there when the chat holds the bubble itself. */
  readonly bubbles: readonly { readonly id: string; readonly inline?: JsonObject }[];
}

export function composerOf(id: string, value: JsonObject, file: SourceFile): Composer {
  const folder = asText(asObject(asObject(value['workspaceIdentifier'])?.['uri'])?.['fsPath']);
  const model = asText(asObject(value['modelConfig'])?.['modelName']);
  return {
    id,
    value,
    created: fromMs(value['createdAt']) ?? fromText(value['createdAt']) ?? modified(file),
    ...present('workspace', folder === undefined ? undefined : fileUri(folder)),
    ...present('model', model === 'default' ? undefined : model),
    bubbles: bubblesIn(value),
  };
}

export function headerOf({ value, workspace }: Composer, firstPrompt: string | undefined, file: SourceFile): ChatSessionHeader {
  const name = titleFrom(asText(value['name']) ?? '');
  const title = name ?? titleFrom(firstPrompt ?? '');
  return {
    ...(title === undefined ? {} : { title, titleSource: name === undefined ? 'first-prompt' : 'ai' }),
    ...present('cwd', workspace === undefined ? undefined : asText(asObject(asObject(value['workspaceIdentifier'])?.['uri'])?.['fsPath'])),
    agent: { name: 'Cursor' },
    fidelity: 'partial',
    fidelityReason: 'Cursor keeps token counts of some replies only, and not the time of older messages.',
    format: stateFormat,
    origin: file.path,
  };
}

function bubblesIn(value: JsonObject): Composer['bubbles'] {
  const map = asObject(value['conversationMap']) ?? {};
  const listed = asArray(value['fullConversationHeadersOnly']) ?? [];
  const all = listed.length > 0 ? listed : (asArray(value['conversation']) ?? []);
  return all.flatMap((item) => {
    const bubble = asObject(item) ?? {};
    const id = asText(bubble['bubbleId']);
    if (id === undefined) return [];
    const inline = listed.length === 0 ? bubble : Object.hasOwn(map, id) ? asObject(map[id]) : undefined;
    return [{ id, ...present('inline', inline) }];
  });
}
