/** `daybook stop` and `daybook resume`: for every window and program on this machine. */

import type { Command } from 'commander';
import { createEverywhere } from '../everywhere.ts';

export interface EverywhereDeps<Options> {
  readonly directory: (options: Options) => string;
  readonly print: (options: Options, value: StopState, text: (value: StopState) => string) => void;
}

/** What both print as JSON. */
interface StopState {
  /** RFC 3339; null while recording is allowed. */
  readonly stoppedSince: string | null;
}

/** @param command makes a command with the options that all have */
export function defineEverywhere<Options>(command: (name: string, description: string) => Command, { directory, print }: EverywhereDeps<Options>): void {
  command('stop', 'stop recording in all windows and programs at once, until it is resumed').action((options: Options) => {
    const everywhere = createEverywhere(directory(options));
    everywhere.stop();
    print(options, { stoppedSince: everywhere.stoppedSince ?? null }, () => 'Nothing is recorded any more, in no window and by no program. Go on with: daybook resume');
  });
  command('resume', 'go on after stop').action((options: Options) => {
    createEverywhere(directory(options)).resume();
    print(options, { stoppedSince: null }, () => 'Recording goes on in all windows that are not paused.');
  });
}
