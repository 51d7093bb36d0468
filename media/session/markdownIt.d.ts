/** As much of markdown-it as the session document uses; it brings no types of its own. */
declare module 'markdown-it' {
  export interface Token {
    readonly type: string;
    readonly tag: string;
    /** 1 opens, -1 closes, 0 stands by itself. */
    readonly nesting: 1 | 0 | -1;
    readonly content: string;
    readonly info: string;
    readonly hidden: boolean;
    readonly children: readonly Token[] | null;
    attrGet(name: string): string | null;
  }

  interface Parser {
    validateLink: (url: string) => boolean;
    readonly linkify: { set(options: { fuzzyLink: boolean; fuzzyEmail: boolean }): void };
    disable(rules: readonly string[]): Parser;
    parse(text: string, environment: object): readonly Token[];
  }

  export default function createParser(options: { html: boolean; linkify: boolean; maxNesting: number }): Parser;
}
