/** The session document: a webview that shows one session after the other. */

import { createChannel } from '../../shared/channel.ts';
import type { SessionHost, SessionPage } from '../../shared/sessionPanel.ts';
import type { SessionOutline } from '../../shared/sessionView.ts';
import { element } from './dom.ts';
import { createReading, type Reading } from './reading.ts';
import { createKeeping } from './state.ts';
import { createWords } from './words.ts';

/** What VS Code gives a webview. */
interface Editor {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare const acquireVsCodeApi: () => Editor;

const editor = acquireVsCodeApi();
const status = element('div', { class: 'status', role: 'status' });
document.body.append(status);
let reading: Reading | undefined;
let gone = '';

const host = createChannel<SessionPage, SessionHost>((message) => editor.postMessage(message), {
  changed: async ({ outline }) => (await show(outline), null),
  goTo: async (sought) => (await reading?.goTo(sought), null),
  restart: async () => (await begin(), null),
  find() {
    reading?.find();
    return null;
  },
});

async function begin(): Promise<void> {
  reading?.dispose();
  reading = undefined;
  const start = await host.call('start', null);
  gone = start.texts.gone;
  document.documentElement.lang = start.locale;
  const keeping = createKeeping(start.id, editor.getState(), (state) => editor.setState(state));
  keeping.keep({});
  if (!start.outline) return say(gone);
  reading = createReading(createWords(start.texts, start.locale), host, keeping, say);
  document.body.prepend(reading.root);
  say(start.outline.items === 0 ? start.texts.empty : '');
  await reading.show(start.outline);
  await reading.begin(start.sought);
}

async function show(outline: SessionOutline | null): Promise<void> {
  if (outline) await reading?.show(outline);
  else {
    reading?.dispose();
    reading = undefined;
    say(gone);
  }
}

let saying: ReturnType<typeof setTimeout> | undefined;
/** What is said goes by itself; that there is nothing to see stays. */
function say(text: string): void {
  clearTimeout(saying);
  status.textContent = text;
  if (reading && text !== '') saying = setTimeout(() => say(''), 6_000);
}

window.addEventListener('message', ({ data }) => host.receive(data));
window.addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  reading?.find();
});
const touched = new AbortController();
for (const kind of ['pointerdown', 'keydown']) {
  window.addEventListener(kind, () => {
    touched.abort();
    void host.call('keep', null);
  }, { signal: touched.signal });
}
begin().catch((error: unknown) => say(String(error)));
