/** Git's index with these paths, in version 2. What else it says of a file (times, hash, …) is zeros. */
export function gitIndex(paths: readonly string[]): Uint8Array {
  const entries = [...paths].sort().map((path) => {
    const name = new TextEncoder().encode(path);
    const entry = new Uint8Array((62 + name.length + 8) & ~7);
    entry.set(name, 62);
    new DataView(entry.buffer).setUint16(60, Math.min(name.length, 0xfff));
    return entry;
  });
  const size = entries.reduce((sum, entry) => sum + entry.length, 12);
  const index = new Uint8Array(size + 20);
  const header = new DataView(index.buffer);
  [0x44495243, 2, paths.length].forEach((number, position) => {
    header.setUint32(position * 4, number);
  });
  let at = 12;
  for (const entry of entries) {
    index.set(entry, at);
    at += entry.length;
  }
  return index;
}
