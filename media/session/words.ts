/** Figures, times and durations in words. */

import type { SessionTexts } from '../../shared/sessionPanel.ts';
import type { Usage } from '../../shared/session.ts';
import { fill } from './dom.ts';

export interface Words {
  readonly texts: SessionTexts;
  count(count: number, one: string, many: string): string;
  figure(value: number): string;
  /** `14:32` */
  time(time: string): string;
  /** With the date. */
  moment(time: string): string;
  duration(durationMs: number): string;
  /** `12.4k tokens in, 310 out`; empty where nothing is known. */
  tokens(usage: Usage): string;
  /** All of it, for a tooltip. */
  tokensDetail(usage: Usage): string;
}

export function createWords(texts: SessionTexts, locale: string): Words {
  const figures = new Intl.NumberFormat(locale);
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const shown = (format: Intl.DateTimeFormat, time: string): string => (Number.isNaN(Date.parse(time)) ? '' : format.format(new Date(time)));
  const received = ({ inputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0 }: Usage): number => inputTokens + cacheReadTokens + cacheWriteTokens;

  return {
    texts,
    count: (count, one, many) => fill(count === 1 ? one : many, figures.format(count)),
    figure: (value) => figures.format(value),
    time: (time) => shown(clock, time),
    moment: (time) => shown(full, time),
    duration(durationMs) {
      if (durationMs < 100) return fill(texts.milliseconds, Math.round(durationMs));
      const tenths = Math.round(durationMs / 100) / 10;
      if (tenths < 60) return fill(texts.seconds, tenths.toLocaleString(locale));
      const minutes = Math.round(durationMs / 60_000);
      return minutes < 60 ? fill(texts.minutes, minutes) : fill(texts.hours, Math.floor(minutes / 60), minutes % 60);
    },
    tokens(usage) {
      const { outputTokens = 0 } = usage;
      if (received(usage) > 0) return fill(texts.tokensInOut, short.format(received(usage)), short.format(outputTokens));
      return outputTokens > 0 ? fill(texts.tokensOut, short.format(outputTokens)) : '';
    },
    tokensDetail: (usage) => fill(
      texts.tokensDetail, ...[usage.inputTokens, usage.cacheReadTokens, usage.cacheWriteTokens, usage.outputTokens].map((value) => figures.format(value ?? 0)),
    ),
  };
}
