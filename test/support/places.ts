/** Where things lie in the checkout. All paths are absolute. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..', '..');
/** What is fetched or made for tests and may be deleted at any time. */
export const cache = join(root, '.vscode-test');
export const screenshots = join(cache, 'screenshots');
export const bundle = join(root, 'dist', 'bundle');
/** A temporary folder with a short name: VS Code puts sockets in it, and a socket's path may have 108 bytes at most. */
export const shortTemporary = process.platform !== 'win32' && existsSync('/tmp') ? '/tmp' : tmpdir();
/** Published session files of real tools; they are not part of the repository and may be absent. */
export const samples = process.env['DAYBOOK_SAMPLES'] ?? resolve(root, '..', 'shared', 'samples');
