/** A file that lies ready. */
export interface WaitingFile {
  readonly name: string;
  readonly bytes: number;
}

/**
 * A folder in which others put files and from which the hub takes them.
 *
 * Guarantees: `claim` gives a file to one caller and takes it out of sight of others in one step; what was claimed and not
 * finished is told by `claimed` after a crash.
 */
export interface FileStore {
  /** Files that are whole, by name. */
  waiting(): Promise<readonly WaitingFile[]>;
  /** Names of files that were claimed and not finished. */
  claimed(): Promise<readonly string[]>;
  /** @returns false when somebody else was quicker */
  claim(name: string): Promise<boolean>;
  /** Where the content of a claimed file can be read, on this machine. */
  pathOf(name: string): string;
  /** The checksum that its sender has given for it, as hexadecimal SHA-256; undefined when there is none. */
  checksumOf(name: string): Promise<string | undefined>;
  /** Puts a claimed file aside with what became of each of its lines. */
  finish(name: string, ended: { readonly as: 'done' | 'failed'; readonly outcomePath: string }): Promise<void>;
}
