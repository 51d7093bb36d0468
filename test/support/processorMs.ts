/** Milliseconds of a processor that this thread has had so far: what others take of the machine does not count. */
export function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
