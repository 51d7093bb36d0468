/**
 * Foreign text without the characters that make it look like something else: bidirectional controls, and control codes but tab and line
 * break, are shown as U+FFFD. Line breaks of all systems become one.
 */
export function visible(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(/[\u202a-\u202e\u2066-\u2069]|(?![\t\n])\p{Cc}/gu, '�');
}
