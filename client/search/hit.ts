import { matchEnd, matchStart } from '../../shared/results.ts';
import type { SearchHit } from '../../shared/results.ts';
import { sourceLook } from '../sources.ts';
import { pickLabel } from '../text/label.ts';
import { age } from '../text/time.ts';
import type { Translate } from '../text/translate.ts';

/** How a hit looks in the list. */
export interface HitLine {
  readonly label: string;
  /** `Claude Code · 2 h ago` */
  readonly description: string;
  readonly icon: string;
}

const marks = new RegExp(`[${matchStart}${matchEnd}]`, 'g');
const clipping = /^(?:…|\.{3})+|(?:…|\.{3})+$/g;

/** Characters of a passage: more would push tool and age out of the list. */
const shownCharacters = 68;
const leadCharacters = 16;

export function hitLine(t: Translate, hit: SearchHit, now: Date): HitLine {
  const look = sourceLook(hit.source);
  const description = [pickLabel(look.displayName, 40), age(t, hit.time, now)].filter((part) => part !== '').join(' · ');
  return { label: pickLabel(aroundMatch(hit.snippet), shownCharacters) || t('(no text)'), description, icon: look.icon };
}

/** The passage from a little before its first match on, without marks; all of it where it is short. */
function aroundMatch(snippet: string): string {
  const plain = snippet.replace(marks, '');
  const start = snippet.indexOf(matchStart) - leadCharacters;
  if (plain.length <= shownCharacters || start <= 0) return plain;
  const space = plain.indexOf(' ', start);
  return `…${plain.slice(space === -1 || space > start + leadCharacters ? start : space + 1)}`;
}

/** The passage as it stands in the session: without marks and the dots at the edges of a snippet. */
export function passageOf(snippet: string): string {
  return snippet.replace(marks, '').trim().replace(clipping, '').trim();
}
