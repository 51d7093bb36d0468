/** Questions that overtake each other: only the answer to the last one counts. */
export interface Latest<Question> {
  /** Asks after the quiet time, unless another question comes first. */
  ask(question: Question): void;
  dispose(): void;
}

export interface LatestWorld<Question, Answer> {
  readonly quietMs: number;
  /** The signal aborts when the answer is no longer wanted. */
  readonly fetch: (question: Question, signal: AbortSignal) => Promise<Answer>;
  readonly answered: (answer: Answer, question: Question) => void;
  readonly failed: (error: unknown) => void;
}

export function createLatest<Question, Answer>({ quietMs, fetch, answered, failed }: LatestWorld<Question, Answer>): Latest<Question> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current = new AbortController();

  function drop(): void {
    clearTimeout(timer);
    current.abort();
    current = new AbortController();
  }

  function send(question: Question, { signal }: AbortController): void {
    fetch(question, signal).then(
      (answer) => signal.aborted || answered(answer, question),
      (error: unknown) => signal.aborted || failed(error),
    );
  }

  return {
    ask(question) {
      drop();
      const asked = current;
      timer = setTimeout(() => send(question, asked), quietMs);
    },
    dispose: drop,
  };
}
