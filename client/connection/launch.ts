/**
 * How the server's process is started so that it stays small (measured by `npm run bench`). V8 keeps eight megabytes for what is short-lived:
 * with less, a burst outgrows it and takes thirty megabytes more until they are collected; with more, the idle server is larger. The C library
 * has one heap for all threads, and gives its end back once 64 KB of it are free. Its middle it never gives back: what is larger than two pages
 * is mapped alone, and goes when it is freed (two megabytes less at idle). Of such maps a process may have 65,530, V8's own among them.
 */
export const serverLaunch = {
  execArgv: ['--max-semi-space-size=8'],
  env: { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '65536', MALLOC_MMAP_THRESHOLD_: '8192', MALLOC_MMAP_MAX_: '8192' },
};
