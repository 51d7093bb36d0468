/** Calls between a webview and its host. Both ends are the same; a call is answered, and what goes wrong travels back as a sentence. */

export type Handlers<Own extends object> = {
  readonly [Name in keyof Own]: Own[Name] extends { params: infer Params; result: infer Result } ? (params: Params) => Result | Promise<Result> : never;
};

export interface Channel<Other extends object> {
  /** Rejects with what the other end said went wrong. A call that is never answered waits for ever: the other end is gone. */
  call<Name extends keyof Other & string>(
    method: Name, params: Other[Name] extends { params: infer Params } ? Params : never,
  ): Promise<Other[Name] extends { result: infer Result } ? Result : never>;
  /** Takes a message of the other end; anything else is left alone. */
  receive(message: unknown): void;
}

interface Message {
  readonly daybook: 'call' | 'answer' | 'failure';
  readonly number: number;
  readonly method?: string;
  readonly value?: unknown;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (reason: Error) => void;
}

/** @param post sends plain data to the other end */
export function createChannel<Own extends object, Other extends object>(post: (message: unknown) => void, handlers: Handlers<Own>): Channel<Other> {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const send = (message: Message): void => post(message);

  async function answer({ number, method = '', value }: Message): Promise<void> {
    try {
      if (!Object.hasOwn(handlers, method)) throw new Error(`There is no method ${method}.`);
      const handler = handlers[method as keyof Own] as (params: unknown) => unknown;
      send({ daybook: 'answer', number, value: await handler(value) });
    } catch (error) {
      send({ daybook: 'failure', number, value: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    call(method, params) {
      return new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject });
        send({ daybook: 'call', number: last, method, value: params });
      });
    },
    receive(message) {
      if (!isMessage(message)) return;
      if (message.daybook === 'call') return void answer(message);
      const call = waiting.get(message.number);
      waiting.delete(message.number);
      if (message.daybook === 'answer') call?.resolve(message.value as never);
      else call?.reject(new Error(String(message.value)));
    },
  };
}

function isMessage(message: unknown): message is Message {
  return typeof message === 'object' && message !== null && 'daybook' in message && 'number' in message;
}
