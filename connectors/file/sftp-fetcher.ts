import { createHash } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join, posix } from 'node:path';
import SftpClient from 'ssh2-sftp-client';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { CancelTimer } from '../../kernel/ports/clock.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { isSameSecret } from '../runtime/signature.ts';

export interface SftpOptions {
  /** The system whose files these are. */
  readonly source: string;
  readonly host: string;
  readonly port: number;
  readonly username: string;
  /** One of them. */
  readonly password?: string;
  readonly privateKey?: string;
  /** SHA-256 of the server's key in base64, as `ssh-keygen -l` shows it after `SHA256:`. Another key is never trusted. */
  readonly hostKeySha256: string;
  /** Where files lie ready. */
  readonly remoteDirectory: string;
  /** Where they are moved to when they were fetched; it must exist and be on the same file system. */
  readonly remoteDoneDirectory: string;
  /** The watched folder that they are put into. */
  readonly directory: string;
  readonly platform: Pick<Platform, 'clock' | 'telemetry'>;
  /** Those that differ from SFTP_LIMITS. */
  readonly limits?: Partial<SftpLimits>;
}

export interface SftpLimits {
  readonly pollMs: number;
  readonly connectTimeoutMs: number;
  /** Files of one round. */
  readonly filesMax: number;
}

export const SFTP_LIMITS: SftpLimits = { pollMs: 60_000, connectTimeoutMs: 10_000, filesMax: 1_000 };

export interface SftpFetcher {
  /** @param fetched is called when files were brought into the folder */
  start(fetched?: () => void): void;
  /**
   * Fetches what lies ready. @returns how many files
   * @throws {Obstacle} UPSTREAM_UNAVAILABLE
   */
  round(): Promise<number>;
  stop(): Promise<void>;
}

const KNOWN = /\.(csv|jsonl|ndjson)(\.sha256)?$/i;

/**
 * Brings files from an SFTP server into a watched folder. A file is fetched under another name, put in place when it is
 * whole, and only then moved away on the server: a crash in between fetches it again, which the folder knows. One whose
 * size still changes is left for the next round.
 */
export function createSftpFetcher(options: SftpOptions): SftpFetcher {
  return new Fetcher(options, { ...SFTP_LIMITS, ...options.limits });
}

class Fetcher implements SftpFetcher {
  readonly #options: SftpOptions;
  readonly #limits: SftpLimits;
  /** Sizes at the round before. */
  #sizes: ReadonlyMap<string, number> = new Map();
  #cancel: CancelTimer = () => undefined;
  #underWay: Promise<number> | undefined;
  #isRunning = false;
  #fetched: () => void = () => undefined;

  constructor(options: SftpOptions, limits: SftpLimits) {
    this.#options = options;
    this.#limits = limits;
  }

  start(fetched: () => void = () => undefined): void {
    this.#isRunning = true;
    this.#fetched = fetched;
    this.#schedule(0);
  }

  round(): Promise<number> {
    this.#underWay ??= this.#fetchAll().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#cancel();
    await this.#underWay?.catch(() => undefined);
  }

  #schedule(delayMs: number): void {
    if (!this.#isRunning) return;
    const { platform, source } = this.#options;
    this.#cancel = platform.clock.after(delayMs, () => {
      this.round()
        .then((files) => (files > 0 ? this.#fetched() : undefined))
        .catch((error: unknown) => {
          platform.telemetry.count('sftp_failures_total', { source });
          platform.telemetry.log('warn', 'Files could not be fetched.', { source, error: String(error) });
        })
        .finally(() => this.#schedule(this.#limits.pollMs));
    });
  }

  async #fetchAll(): Promise<number> {
    const { source, remoteDirectory } = this.#options;
    const client = new SftpClient(`stockwire ${source}`);
    try {
      await this.#connect(client);
      const entries = await client.list(remoteDirectory);
      const files = entries.filter(({ type, name }) => type === '-' && !name.startsWith('.') && KNOWN.test(name));
      const settled = files.filter(({ name, size }) => this.#sizes.get(name) === size);
      this.#sizes = new Map(files.map(({ name, size }) => [name, size]));
      // A checksum comes before the file that it is of, or the file would be taken without it.
      settled.sort((a, b) => orderOf(a.name).localeCompare(orderOf(b.name)));
      const some = settled.slice(0, this.#limits.filesMax);
      for (const { name } of some) await this.#fetch(client, name);
      return some.length;
    } catch (error) {
      throw new Obstacle('UPSTREAM_UNAVAILABLE', `${source} gives no files.`, { system: source }, { cause: error });
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async #connect(client: SftpClient): Promise<void> {
    const { host, port, username, password, privateKey, hostKeySha256 } = this.#options;
    await client.connect({
      host,
      port,
      username,
      ...(password !== undefined && { password }),
      ...(privateKey !== undefined && { privateKey }),
      readyTimeout: this.#limits.connectTimeoutMs,
      hostVerifier: (key: Buffer) => {
        const given = createHash('sha256').update(key).digest('base64').replace(/=+$/, '');
        return isSameSecret(given, hostKeySha256.replace(/^SHA256:/, '').replace(/=+$/, ''));
      },
    });
  }

  async #fetch(client: SftpClient, name: string): Promise<void> {
    const { directory, remoteDirectory, remoteDoneDirectory, platform, source } = this.#options;
    const remote = posix.join(remoteDirectory, name);
    const part = join(directory, `.${name}.part`);
    await client.fastGet(remote, part);
    await rename(part, join(directory, name));
    await client.rename(remote, posix.join(remoteDoneDirectory, `${platform.clock.nowMs()}-${name}`));
    platform.telemetry.count('sftp_files_total', { source });
  }
}

/** `counts.csv.sha256` before `counts.csv`. */
function orderOf(name: string): string {
  return name.endsWith('.sha256') ? `${name.slice(0, -'.sha256'.length)} 0` : `${name} 1`;
}
