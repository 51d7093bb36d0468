import type { ConsentLevel } from '../shared/consentLevel.ts';
import type { Translate } from './text/translate.ts';

export interface ConsentWords {
  readonly level: ConsentLevel;
  /** A few words. */
  readonly title: string;
  /** One sentence. */
  readonly detail: string;
}

/** The levels in words, the most first. */
export function consentWords(t: Translate): readonly ConsentWords[] {
  return [
    { level: 'full', title: t('Everything'), detail: t('Files and the lines that changed, commands and their output, commits and their messages.') },
    {
      level: 'no content', title: t('Names, no content'),
      detail: t('Which files, commands and branches, when, and how it ended. No lines, no output, no messages.'),
    },
    { level: 'metadata', title: t('Only that something happened'), detail: t('What kind of thing, when, how long, and how it ended. No names of anything.') },
    { level: 'off', title: t('Nothing'), detail: t('What happens here is not recorded at all.') },
  ];
}

/** The line of the status bar: what is recorded of the folders that are open. */
export function consentLine(t: Translate, level: ConsentLevel, isTrusted: boolean): string {
  const title = consentWords(t).find((words) => words.level === level)?.title ?? level;
  return isTrusted ? t('Recorded here: {0}', title) : t('Recorded here: {0}, as long as the folder is not trusted', title);
}
