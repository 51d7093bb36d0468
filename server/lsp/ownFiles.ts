/** Files that are nobody's work: our own record, and what an editor keeps for itself. Looking at the record must not add to it. */

import { pathToFileURL } from 'node:url';

/** What a person does edit in an editor's `User` directory. */
const personal = /\/User\/(?:profiles\/[^/]+\/)?(?:settings\.json|keybindings\.json|tasks\.json|mcp\.json|snippets\/|prompts\/)/;

/**
 * @param dataDirectory absolute
 * @param userDirectories `User` directories of editors, absolute
 */
export function createOwnFiles(dataDirectory: string, userDirectories: readonly string[]): (uri: string) => boolean {
  const roots = [dataDirectory, ...userDirectories].map((path) => `${comparable(pathToFileURL(path).href)}/`);
  return (uri) => {
    const at = comparable(uri);
    return roots.some((root) => at.startsWith(root)) && !personal.test(at);
  };
}

/** Editors write the same URI in different ways: `%3A` for a colon, a drive letter in either case. */
function comparable(uri: string): string {
  return uri.replaceAll('%3A', ':').replace(/^file:\/\/\/([A-Z]):/, (_, drive: string) => `file:///${drive.toLowerCase()}:`).replace(/\/+$/, '');
}
