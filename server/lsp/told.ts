/** What a client says of folders and of redaction is noted in the data directory, for the threads, the other windows and the command line; and holds here from then on. */

import { sentence } from '../../shared/problem.ts';
import { noteConsent } from '../consentTold.ts';
import type { UsersRedactor } from '../ingest/redact.ts';
import { compileUserRules } from '../ingest/redaction/user/userRules.ts';
import { noteRedaction, toldRules } from '../redactionTold.ts';
import type { Settings } from './settings.ts';

export interface ToldDeps {
  readonly dataDirectory: string;
  /** The client, as it calls itself. */
  readonly editor: string;
  /** Absolute path of the home directory. */
  readonly home: string;
  readonly redactor: UsersRedactor;
  readonly warn: (cause: string, message: string) => void;
  readonly clear: (cause: string) => void;
}

const redaction = 'redaction rules';

/** Returns what is called with the settings, at the start and whenever they change: before anything is recorded under them. */
export function createTold({ dataDirectory, editor, home, redactor, warn, clear }: ToldDeps): (settings: Settings) => void {
  function noteLevels({ exportConsent }: Settings): void {
    try {
      noteConsent(dataDirectory, editor, exportConsent);
      clear('consent');
    } catch (error) {
      warn('consent', sentence(error));
    }
  }

  function useRules({ redaction: choice }: Settings): void {
    const own = compileUserRules(choice, home);
    const wrong = own.problems.map(({ message }) => message);
    try {
      noteRedaction(dataDirectory, editor, choice);
      redactor.use(toldRules(dataDirectory, home).rules);
    } catch (error) {
      redactor.use(own.rules);
      wrong.push(sentence(error));
    }
    if (wrong.length > 0) warn(redaction, wrong.join(' '));
    else clear(redaction);
  }

  return (settings) => {
    noteLevels(settings);
    useRules(settings);
  };
}
