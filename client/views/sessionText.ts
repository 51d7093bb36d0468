import { contextValues, sessionWords } from '../../shared/contributions.ts';
import type { SessionSummary } from '../../shared/results.ts';
import { sessionLook } from '../sources.ts';
import { plainLabel } from '../text/label.ts';
import { counted } from '../text/translate.ts';
import type { Translate } from '../text/translate.ts';

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
    ...(session.tags ?? []).map((tag) => `#${plainLabel(tag, 40)}`),
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

/** What of a session's menu applies, as words that `when` clauses look for. */
export function sessionContext(session: SessionSummary, canResume: boolean): string {
  const holds = { subagent: isSubagent(session), pinned: session.pinned, hidden: session.hidden, resumable: canResume, chat: session.kind === 'chat' };
  return [contextValues.session, ...sessionWords.filter((word) => holds[word])].join('.');
}

function fidelityWord(t: Translate, fidelity: 'partial' | 'summary'): string {
  return fidelity === 'partial' ? t('partial') : t('summary');
}
