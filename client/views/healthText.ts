import type { HealthNote, HealthResult, HealthState, SourceHealth } from '../../shared/health.ts';
import { sourceLook } from '../sources.ts';
import { plainLabel } from '../text/label.ts';
import { age } from '../text/time.ts';
import { counted } from '../text/translate.ts';
import type { Translate } from '../text/translate.ts';

/** A source as it is shown: without the notes that somebody dismissed. */
export interface ShownSource {
  readonly health: SourceHealth;
  readonly name: string;
  readonly state: HealthState;
  readonly notes: readonly HealthNote[];
}

const ranks: Readonly<Record<HealthState, number>> = { failed: 0, warning: 1, ok: 2 };

/** Daybook itself first, then what fails, then what is worth a look. */
export function shownSources({ sources }: HealthResult, isDismissed: (id: string) => boolean): ShownSource[] {
  return sources.map((health): ShownSource => {
    const notes = health.notes.filter(({ id, state }) => state === 'ok' || !isDismissed(id));
    const state = notes.map((note) => note.state).sort((a, b) => ranks[a] - ranks[b])[0] ?? 'ok';
    const name = health.source === 'daybook' ? health.displayName : sourceLook(health.source).displayName;
    return { health, state, notes, name };
  }).sort((a, b) => Number(b.health.source === 'daybook') - Number(a.health.source === 'daybook') || ranks[a.state] - ranks[b.state]);
}

/** How many sources need a look. */
export function needingLook(shown: readonly ShownSource[]): number {
  return shown.filter(({ state }) => state !== 'ok').length;
}

/** Beside the name: the reason where there is one, else `1,234 records · 2 h ago`. */
export function sourceDescription(t: Translate, { health, notes }: ShownSource, now: Date): string {
  const told = notes.filter(({ state }) => state !== 'ok');
  const [first] = told;
  if (first) return told.length === 1 ? shortMessage(first.message) : `${shortMessage(first.message)} (${t('and {0} more', told.length - 1)})`;
  const seen = health.lastAt === null ? '' : age(t, health.lastAt, now);
  return [counted(t, health.records, '1 record', '{0} records'), seen].filter((part) => part !== '').join(' · ');
}

/** A message as it fits a narrow line: of paths only the name of the file, and of a long name its beginning. The whole is in the tooltip. */
export function shortMessage(message: string): string {
  return plainLabel(message, 400).replace(/(?:[A-Za-z]:)?(?:[\\/][^\s\\/]+)+[\\/]([^\s\\/]+)/g, (_path, name: string) => shortName(name));
}

function shortName(name: string): string {
  const [, stem = name, ending = ''] = /^(.{24,}?)(\.[A-Za-z.]{1,12})?$/.exec(name) ?? [];
  return stem.length < 24 ? name : `${stem.slice(0, 8)}…${ending}`;
}

/** One line of the ledger. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** The ledger of a source. What is always there is always said, for a zero is an answer too. */
export function facts(t: Translate, { health }: ShownSource, now: Date): readonly Fact[] {
  const { records, sessions, redactions, dropped, gaps, lastAt, problems, files, retention } = health;
  const codes = Object.entries(problems).map(([code, count]) => `${plainLabel(code, 40)} ${count.toLocaleString()}`).join(', ');
  const session = sessions === 0 ? '' : counted(t, sessions, '1 session', '{0} sessions');
  const all: readonly (Fact | undefined)[] = [
    { label: t('Captured'), value: [counted(t, records, '1 record', '{0} records'), session].filter((part) => part !== '').join(', ') },
    { label: t('Redacted'), value: counted(t, redactions, '1 secret', '{0} secrets') },
    { label: t('Dropped'), value: dropped === 0 ? t('nothing') : counted(t, dropped, '1 thing that could not be read', '{0} things that could not be read') },
    { label: t('Gaps'), value: gaps === 0 ? t('none') : counted(t, gaps, '1 thing that could not be seen', '{0} things that could not be seen') },
    { label: t('Last seen'), value: lastAt === null ? t('never') : age(t, lastAt, now) },
    codes === '' ? undefined : { label: t('Problems'), value: codes },
    files.read + files.waiting + files.gone === 0 ? undefined : { label: t('Files'), value: filesValue(t, files) },
    retention && { label: t('Deletes after'), value: retentionValue(t, retention) },
  ];
  return all.filter((fact) => fact !== undefined);
}

function filesValue(t: Translate, { read, waiting, gone }: SourceHealth['files']): string {
  const parts = [
    t('{0} read', read.toLocaleString()),
    waiting > 0 ? t('{0} waiting', waiting.toLocaleString()) : '',
    gone > 0 ? t('{0} gone, kept here', gone.toLocaleString()) : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function retentionValue(t: Translate, { days, setting, file, isDefault }: NonNullable<SourceHealth['retention']>): string {
  const period = counted(t, days, '1 day', '{0} days');
  return isDefault ? t('{0}, by default ({1} in {2})', period, setting, plainLabel(file, 200)) : t('{0} ({1} in {2})', period, setting, plainLabel(file, 200));
}

/** Whether there is something that a report could tell those who write importers. */
export function hasReport({ unknownTypes, problems }: SourceHealth): boolean {
  return unknownTypes.length > 0 || Object.keys(problems).length > 0;
}
