/** Zip archives without the time at which they were made: the same content gives the same bytes. */

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const end = 0x06054b50;
const endBytes = 22;
/** 1 January 1980 at midnight, the first moment that the format knows. */
const firstMoment = 0x00210000;

/**
 * Sets the time of each entry to the first moment there is.
 * @param archive without a comment; changed in place, and returned
 * @throws Error when it is no such archive
 */
export function withoutTimes(archive: Buffer): Buffer {
  const tail = archive.length - endBytes;
  if (tail < 0 || archive.readUInt32LE(tail) !== end) throw new Error('The archive has no end where it should.');
  let at = archive.readUInt32LE(tail + 16);
  for (let left = archive.readUInt16LE(tail + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== centralHeader) throw new Error('The archive has no entry where it should.');
    const entry = archive.readUInt32LE(at + 42);
    if (archive.readUInt32LE(entry) !== localHeader) throw new Error('The archive has no file where it should.');
    archive.writeUInt32LE(firstMoment, at + 12);
    archive.writeUInt32LE(firstMoment, entry + 10);
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return archive;
}
