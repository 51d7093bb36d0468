/** The user settings of VS Code and its relatives: JSON with comments and trailing commas. */

import { parse } from 'jsonc-parser';
import type { Machine } from '../importer.ts';
import { asObject } from './json.ts';
import { joinOn, userDirectories } from './userDirectories.ts';

/** Absolute paths of the settings files, whether they exist or not. */
export function userSettings(machine: Machine): readonly string[] {
  return userDirectories(machine).map((directory) => joinOn(machine)(directory, 'settings.json'));
}

/** What a settings file says of a setting; of one that is broken, as far as it can be read. */
export function valueOf(content: string, id: string): unknown {
  return asObject(parse(content, [], { allowTrailingComma: true }))?.[id];
}
