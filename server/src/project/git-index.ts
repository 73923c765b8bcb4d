/**
 * Git's index: which files git tracks. (Documentation/gitformat-index.adoc of git; versions 2, 3 and 4.)
 *
 *   parseGitIndex(bytes of .git/index)   ->   Set { "flake.nix", "machines/web/configuration.nix" }
 */

/** Bytes of an object's name: SHA-1 or, in a repository made with it, SHA-256. The file does not say which. */
const HASH_SIZES = [20, 32];

/** Numbers of an entry before the object's name: times, device, inode, mode, owner, group, size. */
const STAT_SIZE = 40;
const HEADER_SIZE = 12;
const EXTENDED = 0x4000;

/**
 * Paths of everything tracked, relative to the root of the working tree; also what was added with
 * `git add -N`, and links and submodules by the path of the thing itself. Undefined if the bytes are no
 * index, or one that leaves paths out: a split or a sparse one.
 */
export function parseGitIndex(bytes: Uint8Array): ReadonlySet<string> | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_SIZE || ascii(bytes, 0, 4) !== "DIRC") return undefined;
  const version = view.getUint32(4);
  if (version < 2 || version > 4) return undefined;
  for (const hashSize of HASH_SIZES) {
    const reader = new IndexReader(bytes, view, version, hashSize);
    const paths = reader.read(view.getUint32(8));
    if (paths !== undefined) return paths;
  }
  return undefined;
}

class IndexReader {
  private readonly decoder = new TextDecoder();
  /** Of the path before, as bytes: in version 4 the next one says how much of it is the same. */
  private last = new Uint8Array(0);
  private at = HEADER_SIZE;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly view: DataView,
    private readonly version: number,
    private readonly hashSize: number,
  ) {}

  /** Undefined where the bytes make no sense with this size of hashes. */
  read(count: number): ReadonlySet<string> | undefined {
    const paths = new Set<string>();
    const end = this.bytes.length - this.hashSize;
    for (let read = 0; read < count; read++) {
      if (this.at + STAT_SIZE + this.hashSize + 2 > end) return undefined;
      const path = this.readEntry();
      if (path === undefined || this.at > end) return undefined;
      paths.add(path);
    }
    return this.readExtensions(end) ? paths : undefined;
  }

  private readEntry(): string | undefined {
    const start = this.at;
    const flags = this.view.getUint16(start + STAT_SIZE + this.hashSize);
    const isExtended = (flags & EXTENDED) !== 0;
    if (isExtended && this.version < 3) return undefined;
    const from = start + STAT_SIZE + this.hashSize + (isExtended ? 4 : 2);
    if (this.version === 4) return this.readCompressed(from);
    const to = this.bytes.indexOf(0, from);
    if (to === -1) return undefined;
    // One to eight zeros fill the entry up.
    this.at = start + ((to - start + 8) & ~7);
    return this.decoder.decode(this.bytes.subarray(from, to));
  }

  private readCompressed(from: number): string | undefined {
    let at = from;
    let byte = this.bytes[at++] ?? 0;
    let removed = byte & 0x7f;
    while ((byte & 0x80) !== 0 && at < this.bytes.length) {
      byte = this.bytes[at++] ?? 0;
      removed = (removed + 1) * 0x80 + (byte & 0x7f);
    }
    const to = this.bytes.indexOf(0, at);
    if (to === -1 || removed > this.last.length) return undefined;
    const kept = this.last.subarray(0, this.last.length - removed);
    const path = new Uint8Array(kept.length + to - at);
    path.set(kept);
    path.set(this.bytes.subarray(at, to), kept.length);
    this.last = path;
    this.at = to + 1;
    return this.decoder.decode(path);
  }

  /** Those with a small first letter change what the entries mean: `link` (split index), `sdir` (sparse). */
  private readExtensions(end: number): boolean {
    while (this.at + 8 <= end) {
      if (!/^[A-Z]/.test(ascii(this.bytes, this.at, 1))) return false;
      this.at += 8 + this.view.getUint32(this.at + 4);
    }
    return this.at === end;
  }
}

function ascii(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}
