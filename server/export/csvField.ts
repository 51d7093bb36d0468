/**
 * A field of a row, as RFC 4180 has it. A text that a spreadsheet would run as a formula begins with an apostrophe: what a terminal printed
 * must not become a command (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$|^$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
