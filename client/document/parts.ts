/** Texts of a session as read-only documents: the two sides of an edit for the diff editor, and texts that a page shows in part only. */

import * as vscode from 'vscode';
import { partScheme } from '../../shared/contributions.ts';
import type { BlockPlace, WholeBlock } from '../../shared/sessionView.ts';
import type { Server } from '../server.ts';
import { fileName } from '../panels/address.ts';

/** Which text of a block. */
export type PartName = 'text' | 'input' | `before ${number}` | `after ${number}`;

interface PartAddress extends BlockPlace {
  readonly part: PartName;
}

/** @param name what the tab shows; its ending decides how the text is coloured */
export function partUri(place: BlockPlace, part: PartName, name: string): vscode.Uri {
  const base = name.split(/[\\/]/).at(-1) ?? name;
  return vscode.Uri.from({ scheme: partScheme, path: `/${fileName(base) || part}`, query: JSON.stringify({ ...place, part }) });
}

export function provideParts(server: Server): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(partScheme, {
    async provideTextDocumentContent({ query }) {
      const address = parsePart(query);
      if (!address) return vscode.l10n.t('There is nothing at this address.');
      const { part, ...place } = address;
      const block = await server.request('daybook/sessionBlock', place);
      return block ? partText(block, part) : vscode.l10n.t('This session is no longer in Daybook.');
    },
  });
}

function partText(block: WholeBlock, part: PartName): string {
  if (part === 'text' || part === 'input') return block[part];
  const [side, number] = part.split(' ');
  const edit = block.edits[Number(number)];
  return (side === 'before' ? edit?.before : edit?.after) ?? '';
}

/** Undefined for an address that is none of ours: any program may ask for one. */
function parsePart(query: string): PartAddress | undefined {
  try {
    const { id, record, block, part } = JSON.parse(query) as Partial<PartAddress>;
    const fits = typeof id === 'string' && typeof record === 'string' && typeof block === 'number' && typeof part === 'string';
    return fits ? { id, record, block, part } : undefined;
  } catch {
    return undefined;
  }
}
