/** In the metadata of the Parquet files that Daybook writes: by it they are known when they come back. The value is the version of the columns. */
export const parquetMark = { key: 'daybook.records', value: '1' } as const;
