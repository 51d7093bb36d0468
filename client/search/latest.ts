/** Questions that overtake each other: only the answer to the last one counts. */
export interface Latest<Question> {
  /** Asks at once; while another question is on its way that one is dropped, and of all that come meanwhile the last is asked after it. */
  ask(question: Question): void;
  /** Drops what is asked; another question may follow. */
  dispose(): void;
}

export interface LatestWorld<Question, Answer> {
  /** The signal aborts when the answer is no longer wanted. Whoever answers one at a time is asked one at a time. */
  readonly fetch: (question: Question, signal: AbortSignal) => Promise<Answer>;
  readonly answered: (answer: Answer, question: Question) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Nobody waits for typing to rest: who types quickly would wait longer for the answer than it takes. As no more than one question is on its
 * way, there is never more work than whoever answers can do.
 */
export function createLatest<Question, Answer>({ fetch, answered, failed }: LatestWorld<Question, Answer>): Latest<Question> {
  let onItsWay: AbortController | undefined;
  let next: { readonly question: Question } | undefined;

  function send(question: Question): void {
    const sent = new AbortController();
    onItsWay = sent;
    fetch(question, sent.signal).then(
      (answer) => sent.signal.aborted || answered(answer, question),
      (error: unknown) => sent.signal.aborted || failed(error),
    ).finally(goOn);
  }

  function goOn(): void {
    const waiting = next;
    onItsWay = undefined;
    next = undefined;
    if (waiting) send(waiting.question);
  }

  return {
    ask(question) {
      if (!onItsWay) return send(question);
      onItsWay.abort();
      next = { question };
    },
    dispose() {
      onItsWay?.abort();
      next = undefined;
    },
  };
}
