import { matchEnd, matchStart } from '../../shared/results.ts';
import type { SearchHit } from '../../shared/results.ts';
import { sourceLook } from '../sources.ts';
import type { SourceLook } from '../sources.ts';
import { pickLabel } from '../text/label.ts';
import { age } from '../text/time.ts';
import type { Translate } from '../text/translate.ts';

/** How a hit looks in the list. */
export interface HitLine {
  readonly label: string;
  /** `2 h ago · Claude Code`: the icon says the tool too, should the end be cut off. */
  readonly description: string;
  readonly icon: string;
}

const marks = new RegExp(`[${matchStart}${matchEnd}]`, 'g');
/** The two file names of a unified diff and the numbers of its lines; the file is named before it. */
const diffHeader = /--- .{1,200}? \+\+\+ .{1,200}? @@ [-+,\d ]+ @@ ?/g;
const clipping = /^(?:…|\.{3})+|(?:…|\.{3})+$/g;

/** Characters of a passage: more would push tool and age out of the list. */
const shownCharacters = 60;
/** How far into the line a match may stand, and how much of it is kept where it stands further. */
const deepestMatch = 34;
const leadCharacters = 20;

export function hitLine(t: Translate, hit: SearchHit, now: Date): HitLine {
  const look = kindLook(t, hit.kind) ?? sourceLook(hit.source);
  const description = [age(t, hit.time, now), pickLabel(look.displayName, 40)].filter((part) => part !== '').join(' · ');
  return { label: pickLabel(aroundMatch(hit.snippet), shownCharacters) || t('(no text)'), description, icon: look.icon };
}

/** What a person did says more than where it was seen. */
function kindLook(t: Translate, kind: string): SourceLook | undefined {
  switch (kind) {
    case 'editor.opened':
      return { displayName: t('Opened'), icon: 'go-to-file' };
    case 'editor.edited':
      return { displayName: t('Edited'), icon: 'edit' };
    case 'editor.saved':
      return { displayName: t('Saved'), icon: 'save' };
    case 'editor.closed':
      return { displayName: t('Closed'), icon: 'close' };
    case 'terminal.command':
      return { displayName: t('Command'), icon: 'terminal' };
    default:
      return undefined;
  }
}

/** The passage without marks; where its first match stands far from the beginning, from a little before it on. */
function aroundMatch(snippet: string): string {
  const shown = snippet.replace(diffHeader, '');
  const plain = shown.replace(marks, '');
  const match = shown.indexOf(matchStart);
  if (plain.length <= shownCharacters || match <= deepestMatch) return plain;
  const start = match - leadCharacters;
  const word = plain.slice(start, match).search(/[\s/\\]/);
  return `…${plain.slice(word === -1 ? start : start + word + 1)}`;
}

/** The passage as it stands in the session: without marks and the dots at the edges of a snippet. */
export function passageOf(snippet: string): string {
  return snippet.replace(marks, '').trim().replace(clipping, '').trim();
}
