const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** Bytes as people read them, in powers of a thousand: `999 B`, `1.2 MB`. */
export function size(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1_000)));
  return `${(bytes / 1_000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
}
