/** Where the read-only documents live: `daybook:/<kind>/<readable name>?<id>`. The name is for people, the id for the server. */

import { plainLabel } from '../text/label.ts';

export type DocumentKind = 'record' | 'page';

/** The parts of a URI. */
export interface Address {
  readonly path: string;
  readonly query: string;
}

const extensions = { record: '.json', page: '.md' } as const satisfies Record<DocumentKind, string>;
const kinds = Object.keys(extensions) as readonly DocumentKind[];

/** @param name what the tab shows; may be any text */
export function addressOf(kind: DocumentKind, id: string, name: string): Address {
  return { path: `/${kind}/${fileName(name) || kind}${extensions[kind]}`, query: id };
}

/** What an address stands for; undefined when it is none of ours. */
export function parseAddress({ path, query }: Address): { readonly kind: DocumentKind; readonly id: string } | undefined {
  const kind = kinds.find((candidate) => path.startsWith(`/${candidate}/`));
  return kind && query !== '' ? { kind, id: query } : undefined;
}

/** Text as a file name without extension that every file system takes, at most 80 characters; empty when nothing is left. */
export function fileName(text: string): string {
  const name = plainLabel(text.replace(/[\\/:*?"<>|#%{}^~[\]`;&$!']+/g, ' '), 80);
  return name.replace(/^[. ]+|[. …]+$/g, '');
}
