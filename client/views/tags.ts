/** The tags of one session of several, when those that all have are changed: what else it has stays. */
export function changedTags(own: readonly string[], common: readonly string[], chosen: readonly string[]): string[] {
  const kept = own.filter((tag) => !common.includes(tag) || chosen.includes(tag));
  return [...new Set([...kept, ...chosen])];
}
