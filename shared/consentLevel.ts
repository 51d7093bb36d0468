/** How much is recorded, the least first. consent.ts says what each level keeps. */
export const consentLevels = ['off', 'metadata', 'no content', 'full'] as const;
export type ConsentLevel = (typeof consentLevels)[number];

export function isConsentLevel(value: unknown): value is ConsentLevel {
  return (consentLevels as readonly unknown[]).includes(value);
}

/** The more careful of two. */
export function lower(one: ConsentLevel, other: ConsentLevel): ConsentLevel {
  return consentLevels.indexOf(one) < consentLevels.indexOf(other) ? one : other;
}
