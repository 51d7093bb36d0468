/**
 * XML as far as reports of tests need it, in one pass and with bounds: elements, attributes, text, CDATA, comments. A document type, and with
 * it every entity of its own, is refused; so is what is not well-formed.
 */

export interface XmlReader {
  /** @param attributes with their references resolved */
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  text(text: string): void;
  close(name: string): void;
}

const depthLimit = 100;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** What is read over, by its beginning and its end. */
const passages: readonly (readonly [string, string])[] = [['<?', '?>'], ['<!--', '-->']];

/**
 * @throws XmlError with the reason, where the text is no XML of this kind
 */
export function readXml(xml: string, reader: XmlReader): void {
  const open: string[] = [];
  let at = xml.startsWith('\ufeff') ? 1 : 0;
  while (at < xml.length) {
    const mark = xml.indexOf('<', at);
    const end = mark < 0 ? xml.length : mark;
    const text = xml.slice(at, end);
    if (open.length > 0 && text !== '') reader.text(resolved(text));
    else if (text.trim() !== '') throw new XmlError('There is text outside the document.');
    if (mark < 0) break;
    at = readMark(xml, end, open, reader);
  }
  if (open.length > 0) throw new XmlError(`The element ${open.at(-1) ?? ''} does not end.`);
}

export class XmlError extends Error {
  override readonly name = 'XmlError';
}

function readMark(xml: string, at: number, open: string[], reader: XmlReader): number {
  for (const [begins, ends] of passages) if (xml.startsWith(begins, at)) return after(xml, ends, at + begins.length);
  if (xml.startsWith('<![CDATA[', at)) {
    const end = after(xml, ']]>', at);
    if (open.length === 0) throw new XmlError('There is text outside the document.');
    reader.text(xml.slice(at + 9, end - 3));
    return end;
  }
  if (xml.startsWith('<!', at)) throw new XmlError('Documents with a type of their own are not read.');
  return xml.startsWith('</', at) ? readClose(xml, at, open, reader) : readOpen(xml, at, open, reader);
}

function readClose(xml: string, at: number, open: string[], reader: XmlReader): number {
  const end = after(xml, '>', at);
  const name = xml.slice(at + 2, end - 1).trimEnd();
  if (open.pop() !== name) throw new XmlError(`The element ${name.slice(0, 100)} ends and did not begin.`);
  reader.close(name);
  return end;
}

function readOpen(xml: string, at: number, open: string[], reader: XmlReader): number {
  const head = /<([^\s<>/="'!?]{1,200})/y;
  head.lastIndex = at;
  const name = head.exec(xml)?.[1];
  if (name === undefined) throw new XmlError('A mark is no element.');
  const attributes = new Map<string, string>();
  let next = head.lastIndex;
  for (let found = readAttribute(xml, next); found; found = readAttribute(xml, next)) {
    attributes.set(found.name, resolved(found.value));
    next = found.end;
  }
  const tail = afterSpace(xml, next);
  const isAlone = xml[tail] === '/';
  if (xml[tail + Number(isAlone)] !== '>') throw new XmlError(`The element ${name} has no proper end.`);
  reader.open(name, attributes);
  if (isAlone) reader.close(name);
  else if (open.push(name) > depthLimit) throw new XmlError('The document is nested too deep.');
  return tail + Number(isAlone) + 1;
}

interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly end: number;
}

/** Step by step: a regular expression over a value of megabytes would run out of its stack. */
function readAttribute(xml: string, at: number): Attribute | undefined {
  const name = /[^\s=<>"'/]{1,200}/y;
  name.lastIndex = afterSpace(xml, at);
  const found = name.lastIndex > at ? name.exec(xml)?.[0] : undefined;
  const equals = found === undefined ? -1 : afterSpace(xml, name.lastIndex);
  if (found === undefined || xml[equals] !== '=') return undefined;
  const start = afterSpace(xml, equals + 1);
  const quote = xml[start];
  const end = quote === '"' || quote === "'" ? xml.indexOf(quote, start + 1) : -1;
  const value = xml.slice(start + 1, end);
  return end < 0 || value.includes('<') ? undefined : { name: found, value, end: end + 1 };
}

/** The first place that is no white space, as XML has it. */
function afterSpace(xml: string, at: number): number {
  let next = at;
  while (' \t\r\n'.includes(xml[next] ?? '-')) next++;
  return next;
}

function after(xml: string, end: string, from: number): number {
  const found = xml.indexOf(end, from);
  if (found < 0) throw new XmlError(`There is no ${end}.`);
  return found + end.length;
}

/** References to characters and to the five entities that XML itself has; no other is known. */
function resolved(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-fA-F]{1,6})|#(\d{1,7})|(\w{1,10}));|&/g, (_, hex?: string, decimal?: string, name?: string) => {
    const code = hex !== undefined ? parseInt(hex, 16) : decimal !== undefined ? Number(decimal) : undefined;
    const known = code !== undefined && code <= 0x10ffff ? String.fromCodePoint(code) : entities[name ?? ''];
    if (known === undefined) throw new XmlError(`The reference &${(name ?? '').slice(0, 20)} is not known.`);
    return known;
  });
}
