/** Foreign text that cannot steer a terminal. */
export function visible(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]|(?![\t\n])\p{Cc}/gu, '');
}
