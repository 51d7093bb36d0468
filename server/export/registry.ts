/** The only list of exporters: those for people, for programs and for models. */

import type { Exporter } from './exporter.ts';
import { alpaca } from './formats/alpaca.ts';
import { atif } from './formats/atif.ts';
import { csv } from './formats/csv.ts';
import { fillInTheMiddle } from './formats/fillInTheMiddle.ts';
import { html } from './formats/html.ts';
import { huggingface } from './formats/huggingface.ts';
import { json } from './formats/json.ts';
import { jsonl } from './formats/jsonl.ts';
import { labels } from './formats/labels.ts';
import { markdown } from './formats/markdown.ts';
import { nextEdit } from './formats/nextEdit.ts';
import { openai } from './formats/openai.ts';
import { otlp } from './formats/otlp.ts';
import { parquet } from './formats/parquet.ts';
import { preference } from './formats/preference.ts';
import { progsnap2 } from './formats/progsnap2.ts';
import { sharegpt } from './formats/sharegpt.ts';
import { text } from './formats/text.ts';
import { xlsx } from './formats/xlsx.ts';

export const exporters: readonly Exporter[] = [
  markdown,
  html,
  text,
  csv,
  xlsx,
  json,
  jsonl,
  parquet,
  otlp,
  progsnap2,
  labels,
  openai,
  sharegpt,
  alpaca,
  huggingface,
  preference,
  atif,
  nextEdit,
  fillInTheMiddle,
];
