/** What every webview needs: its host, its texts, elements. */

import type { Setting } from '../shared/webview.ts';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void; getState(): unknown; setState(state: unknown): void };

export interface Host<From, State> {
  send(message: From): void;
  /** Kept over a reload; undefined where there was none. */
  readonly state: State | undefined;
  keep(state: State): void;
}

export function connect<From, State>(received: (message: unknown) => void): Host<From, State> {
  const api = acquireVsCodeApi();
  addEventListener('message', ({ data }: MessageEvent<unknown>) => received(data));
  return { send: (message) => api.postMessage(message), state: api.getState() as State | undefined, keep: (state) => api.setState(state) };
}

let setting: Setting = { language: 'en', texts: {} };

export function use(next: Setting): void {
  setting = next;
  document.documentElement.lang = next.language;
}

/** A text of the page in the person's language, with its `{0}`. */
export function say(text: string, ...values: (string | number)[]): string {
  return (setting.texts[text] ?? text).replace(/\{(\d)\}/g, (_, at: string) => String(values[Number(at)] ?? ''));
}

export const language = (): string => setting.language;

type Attributes = Readonly<Record<string, string | number | boolean | ((event: Event) => void)>>;

/** An element with attributes; functions are listeners of the event of that name, `false` leaves an attribute out. */
export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value !== false) made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}
