import { statSync } from 'node:fs';
import { packageFor } from '../../support/package.ts';
import { plainRow, type Figure } from '../figure.ts';

export const vsix: Figure = {
  name: 'vsix',
  async measure(bench) {
    const [path] = await packageFor(['linux-x64'], bench.folder());
    return [plainRow('VSIX for one platform', 'MB', statSync(path ?? '').size / 1e6, 3)];
  },
};
