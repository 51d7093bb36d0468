/** What a person answers. */

import { createInterface } from 'node:readline';

/** The first line of the input; empty when there is none. */
export async function answer(input: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface({ input });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
}
