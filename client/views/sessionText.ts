import type { SessionSummary } from '../../shared/results.ts';
import { sessionLook } from '../sources.ts';
import { plainLabel } from '../text/label.ts';
import { dateOf, dayName } from '../text/time.ts';
import { counted } from '../text/translate.ts';
import type { Translate } from '../text/translate.ts';

/** The sessions whose last activity was on one local day. */
export interface Day {
  /** `2026-11-20` */
  readonly date: string;
  readonly name: string;
  readonly sessions: readonly SessionSummary[];
}

/** Sessions by the local day of their last activity, in the order they come in. */
export function byDay(t: Translate, sessions: readonly SessionSummary[], now: Date, locale?: string): readonly Day[] {
  const days = new Map<string, { date: string; name: string; sessions: SessionSummary[] }>();
  for (const session of sessions) {
    const date = dateOf(session.endedAt);
    const day = days.get(date) ?? { date, name: dayName(t, session.endedAt, now, locale), sessions: [] };
    day.sessions.push(session);
    days.set(date, day);
  }
  return [...days.values()];
}

export function isSubagent(session: SessionSummary): boolean {
  return session.relation === 'subagent';
}

/** The title on one line; what to say where there is none. */
export function sessionTitle(t: Translate, session: Pick<SessionSummary, 'title'>): string {
  return plainLabel(session.title) || t('Untitled session');
}

/**
 * `2 h ago · 14 turns · Claude Code`: what is cut off first in a narrow view comes last, for the icon says the tool too.
 * Sessions that a session started say so first, and what is not whole comes last. `when` is in words.
 */
export function sessionDescription(t: Translate, session: SessionSummary, when: string): string {
  const parts = [
    isSubagent(session) ? t('Subagent') : '',
    when,
    session.kind === 'chat' ? counted(t, session.turns, '1 turn', '{0} turns') : '',
    sessionLook(session).displayName,
    session.fidelity === undefined ? '' : fidelityWord(t, session.fidelity),
    session.sourceGone ? t('source gone') : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** What is not whole about a session, a sentence a line; none when it is whole. */
export function completenessLines(t: Translate, { fidelity, fidelityReason, sourceGone }: SessionSummary): readonly string[] {
  const word = fidelity === undefined ? '' : fidelityWord(t, fidelity);
  return [
    ...(word === '' ? [] : [fidelityReason === undefined ? word : `${word}: ${plainLabel(fidelityReason, 300)}`]),
    ...(sourceGone ? [t('The source is gone; this copy is kept.')] : []),
  ];
}

function fidelityWord(t: Translate, fidelity: 'partial' | 'summary'): string {
  return fidelity === 'partial' ? t('partial') : t('summary');
}
