/** Answers that depend on a text alone, and are asked for again and again. */

/**
 * The same function, which remembers what it made. A value must be one that nobody changes.
 * @param most texts that are remembered; then all of them are forgotten at once
 */
export function remembered<Value extends string | number | boolean | object | null>(most: number, make: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = make(text);
    if (known.size >= most) known.clear();
    known.set(text, made);
    return made;
  };
}
