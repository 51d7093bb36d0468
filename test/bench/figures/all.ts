/** All figures, in the order of the table. */

import type { Figure } from '../figure.ts';
import { backfill } from './backfill.ts';
import { disk } from './disk.ts';
import { editor } from './editor.ts';
import { exported } from './export.ts';
import { finding } from './finding.ts';
import { ingest, storeOnly } from './ingest.ts';
import { leaked } from './leaks.ts';
import { burst, idle } from './memory.ts';
import { palette } from './palette.ts';
import { quality } from './quality.ts';
import { queries } from './queries.ts';
import { rebuild } from './rebuild.ts';
import { redaction } from './redaction.ts';
import { scale } from './scale.ts';
import { prefix, search } from './search.ts';
import { serving } from './serving.ts';
import { open } from './start.ts';
import { storms } from './storms.ts';
import { vsix } from './vsix.ts';

export const figures: readonly Figure[] = [
  ingest, storeOnly, redaction, leaked, disk, queries, search, prefix, finding, palette, quality, open, idle, burst, backfill, scale, serving, editor, storms, rebuild, exported, vsix,
];
