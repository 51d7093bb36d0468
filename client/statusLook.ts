import type { ServerState } from '../shared/contributions.ts';
import type { Status } from '../shared/protocol.ts';
import { counted } from './text/translate.ts';
import type { Translate } from './text/translate.ts';

/** How the status bar item looks. */
export interface StatusLook {
  /** Id of a codicon, with its animation. */
  readonly icon: string;
  /** What a screen reader says, and the heading of the tooltip. */
  readonly words: string;
  /** Whether it stands out. */
  readonly warning: boolean;
  /** What there is to say below, a sentence or a count a line. */
  readonly lines: readonly string[];
}

/** Filled circle while recording, hollow when paused, crossed out when stopped everywhere, a warning when something needs a look. */
export function statusLook(t: Translate, state: ServerState, status: Status | undefined): StatusLook {
  if (state === 'failed') return { icon: 'warning', words: t('Daybook is not recording'), warning: true, lines: [t('Its server is not running.')] };
  if (state === 'starting' || !status) return { icon: 'loading~spin', words: t('Daybook is starting'), warning: false, lines: [] };
  const warning = status.attention !== undefined;
  const lines = [...(status.attention === undefined ? [] : [status.attention]), ...countLines(t, status)];
  if (status.stoppedSince !== undefined) return { icon: 'circle-slash', words: t('Daybook is stopped in all windows'), warning, lines };
  if (status.trouble) return { icon: 'warning', words: t('Daybook cannot record'), warning: true, lines };
  return status.recording
    ? { icon: 'circle-filled', words: t('Daybook is recording'), warning, lines }
    : { icon: 'circle-outline', words: t('Daybook is paused'), warning, lines };
}

function countLines(t: Translate, { today, importing, dataDirectory }: Status): readonly string[] {
  const lines = [
    t('Today: {0}, {1}', counted(t, today.records, '1 record', '{0} records'), counted(t, today.redactions, '1 redaction', '{0} redactions')),
    t('Data folder: {0}', dataDirectory),
  ];
  return importing ? [t('Reading sessions: {0} of {1} files', importing.done, importing.total), ...lines] : lines;
}
