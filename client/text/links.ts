/** Who did it, and what caused what, in words. */

import type { Because, Link, RecordLinks } from '../../shared/links.ts';
import { sourceLook } from '../sources.ts';
import { plainLabel } from './label.ts';
import type { Translate } from './translate.ts';

/** A line of its own; with a link, one that opens its other end. */
export interface LinkLine {
  readonly text: string;
  readonly link?: Link;
}

/** Lines of each direction: the nearest. */
const mostLines = 8;

export function linkLines(t: Translate, { actor, actorBecause, causedBy = [], ledTo = [] }: RecordLinks): LinkLine[] {
  const author = actor === undefined ? [] : [{ text: authorText(t, actor, actorBecause) }];
  return [
    ...author,
    // What came last is the nearest cause, and what comes first the nearest effect.
    ...causedBy.slice(-mostLines).map((link) => ({ text: t('Caused by {0}', endText(t, link)), link })),
    ...ledTo.slice(0, mostLines).map((link) => ({ text: t('Led to {0}', endText(t, link)), link })),
  ];
}

/** `By Claude Code: it wrote the same into this file` */
export function authorText(t: Translate, actor: string, because: Because | undefined): string {
  const reason = because === undefined ? '' : reasonText(t, because);
  const name = actorText(t, actor);
  return reason === '' ? name : t('{0}: {1}', name, reason);
}

function actorText(t: Translate, actor: string): string {
  if (actor === 'user') return t('By you');
  if (actor === 'external') return t('By something outside the editor');
  if (actor === 'unknown') return t('By you or a program');
  return t('By {0}', sourceLook(actor.replace(/^agent:/, '')).displayName);
}

function reasonText(t: Translate, because: Because): string {
  switch (because) {
    case 'same-content': return t('it wrote the same into this file');
    case 'same-time': return t('it was at work on this file');
    case 'several': return t('more than one agent was at work on this file');
    case 'git': return t('git changed the file');
    case 'command': return t('it ran a command about it');
    case 'same-command': return t('it ran this command');
    case 'disk': return t('the file changed on disk');
    case 'at-once': return t('it was there at once, and no agent is known to have written it');
    default: return '';
  }
}

/** `Claude Code: Edit · cart.ts`, `the session Fix the rounding`, `npm test` */
function endText(t: Translate, { what, kind, label, session }: Link): string {
  const words = plainLabel(label, 80);
  if (what === 'session') return t('the session {0}', words);
  const source = session?.slice(0, session.indexOf(':'));
  if (kind === 'message' && source !== undefined) return t('{0}: {1}', sourceLook(source).displayName, words);
  const [area] = kind.split('.');
  switch (area) {
    case 'editor': return t('the edit of {0}', words);
    case 'file': case 'files': return t('the change on disk of {0}', words);
    case 'git': return t('git: {0}', words);
    case 'test': return t('the tests: {0}', words);
    default: return words;
  }
}
