/** The data directory itself. */

import { mkdirSync } from 'node:fs';
import { ProblemError, sentence } from '../../shared/problem.ts';

/** Made with mode 0700 where it is not there. @throws ProblemError `directory-unusable` */
export function makeRoot(root: string): void {
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
  } catch (error) {
    const message = `The data directory ${root} cannot be used: ${sentence(error)}.`;
    throw new ProblemError({ code: 'directory-unusable', message, where: { file: root, setting: 'daybook.dataDirectory' } }, { cause: error });
  }
}
