/** Some tests can do more of the same than every run has time for: `npm run test:thorough` does. */

export const thoroughVariable = 'DAYBOOK_THOROUGH';

/** @param usual how often, or of how much, in every run */
export function thoroughly(usual: number, thorough: number): number {
  return isThorough() ? thorough : usual;
}

export function isThorough(): boolean {
  return process.env[thoroughVariable] !== undefined;
}
