/** A journal file, as far as the index knows it. */
export interface IndexedFile {
  readonly id: number;
  readonly path: string;
  /** How many bytes of it are indexed. */
  readonly bytes: number;
  /** How many bytes of its sealed part are indexed. */
  readonly sealed: number;
  /** How many bytes of its beginning are sealed, too. */
  readonly moved: number;
}
