/** What Daybook's webviews and the extension say to each other. */

import type { Rates, Statistics } from './statistics.ts';
import type { Timeline } from './timeline.ts';

/** Types of the webviews, for VS Code. */
export const webviewTypes = { dashboard: 'daybook.dashboard', timeline: 'daybook.timeline' } as const;

/** What a webview is told before anything else. */
export interface Setting {
  /** BCP 47. */
  readonly language: string;
  /** Each text of the page in the person's language. */
  readonly texts: Readonly<Record<string, string>>;
}

/** What is looked at; kept over a reload. */
export interface DashboardChoice {
  /** Local days up to today; everything when null. */
  readonly days: number | null;
  /** URI; all when null. */
  readonly workspace: string | null;
}

export type ToDashboard =
  | { readonly type: 'setting'; readonly setting: Setting }
  /** `names` says what people call a source. */
  | { readonly type: 'statistics'; readonly statistics: Statistics; readonly choice: DashboardChoice; readonly names: Readonly<Record<string, string>> }
  | { readonly type: 'rates'; readonly rates: Rates; readonly recording: boolean; readonly names: Readonly<Record<string, string>> }
  | { readonly type: 'failed'; readonly message: string };

export type FromDashboard =
  | { readonly type: 'ready'; readonly choice: DashboardChoice }
  | { readonly type: 'choose'; readonly choice: DashboardChoice }
  /** Asks for the rates again: minutes pass although nothing happens. */
  | { readonly type: 'rates' }
  | { readonly type: 'search'; readonly query: string }
  | { readonly type: 'timeline'; readonly day: string };

/** Kept over a reload. */
export interface TimelineState {
  /** Local day. */
  readonly day: string;
  /** What is seen of it, milliseconds since 1970; the whole day when absent. */
  readonly from?: number;
  readonly to?: number;
}

/** Something to show: a record, or all of a session. */
export interface Reveal {
  readonly record?: string;
  readonly session?: string;
}

export type ToTimeline =
  | { readonly type: 'setting'; readonly setting: Setting }
  | { readonly type: 'day'; readonly timeline: Timeline; readonly names: Readonly<Record<string, string>>; readonly reveal?: Reveal | undefined }
  | { readonly type: 'failed'; readonly message: string };

export type FromTimeline =
  | { readonly type: 'ready'; readonly state: TimelineState | null }
  | { readonly type: 'day'; readonly day: string }
  | { readonly type: 'open'; readonly record: string; readonly session?: string | undefined; readonly kind: string }
  | { readonly type: 'search'; readonly query: string };
