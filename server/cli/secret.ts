/** What a person types and nobody is to see. */

import type { ReadStream } from 'node:tty';
import { ProblemError } from '../../shared/problem.ts';
import { answer } from './answer.ts';

/**
 * Asks; what is typed into a terminal is not shown.
 * @throws ProblemError `stopped` when the person interrupts
 */
export async function secretAnswer(question: string, input: NodeJS.ReadableStream, err: (text: string) => void): Promise<string> {
  err(question);
  if (!isTerminal(input)) return answer(input);
  try {
    return await typed(input);
  } finally {
    err('\n');
  }
}

function isTerminal(input: NodeJS.ReadableStream): input is ReadStream {
  return 'isTTY' in input && input.isTTY === true;
}

const [enter, newLine, endOfInput, interrupt, backspace, erase] = ['\r', '\n', '\u0004', '\u0003', '\u0008', '\u007f'];

function typed(input: ReadStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (settle: () => void): void => {
      input.off('data', read);
      input.setRawMode(false);
      input.pause();
      settle();
    };
    const read = (chunk: Buffer | string): void => {
      for (const character of chunk.toString()) {
        if (character === enter || character === newLine || character === endOfInput) return end(() => resolve(text));
        if (character === interrupt) return end(() => reject(new ProblemError({ code: 'stopped', message: 'Stopped. Nothing was changed.' })));
        text = character === backspace || character === erase ? text.replace(/.$/su, '') : text + character;
      }
    };
    input.setRawMode(true);
    input.on('data', read);
    input.resume();
  });
}
