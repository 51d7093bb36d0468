/**
 * Who did it, and what caused what: nothing is stored but what was observed, and the answer is told from that whenever it is asked. So it
 * is the same after a rebuild and on another machine, takes in a session that is read a day later, and forgets what was forgotten.
 */

import type { DaybookRecord } from '../../shared/record.ts';
import type { RecordLinks } from '../../shared/links.ts';
import { agentOf, authorOf } from './author.ts';
import { actorOfGit, causesOf, deedsBehind } from './causes.ts';
import { effectsOf } from './effects.ts';
import { remembering } from './remembering.ts';
import { isCommand, isGit, type Witness } from './witness.ts';

/** For one question, or for one answer to many: what it remembers of the record is never new. */
export interface Tracer {
  /** `user`, `agent:<name>`, `external`; of a change to a file also `unknown`. Undefined where nothing is known and nobody asks. */
  actor(record: DaybookRecord): string | undefined;
  links(record: DaybookRecord): RecordLinks;
}

export function createTracer(asked: Witness): Tracer {
  const witness = remembering(asked);

  function told(record: DaybookRecord): Pick<RecordLinks, 'actor' | 'actorBecause'> {
    const author = authorOf(record, witness);
    if (author) return { actor: author.actor, actorBecause: author.because };
    if (record.actor !== undefined) return { actor: record.actor, actorBecause: 'recorded' };
    if (isCommand(record)) {
      const [deed] = deedsBehind(record, witness);
      return deed ? { actor: agentOf(deed), actorBecause: 'same-command' } : {};
    }
    const actor = isGit(record) ? actorOfGit(record, witness) : undefined;
    return actor === undefined ? {} : { actor, actorBecause: 'command' };
  }

  return {
    actor: (record) => told(record).actor,
    links(record) {
      const causedBy = causesOf(record, witness);
      const ledTo = effectsOf(record, witness);
      return { ...told(record), ...(causedBy.length > 0 && { causedBy }), ...(ledTo.length > 0 && { ledTo }) };
    },
  };
}
