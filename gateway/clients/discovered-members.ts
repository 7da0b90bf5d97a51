import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import { closeMembers, type PoolMember, type PoolMembers } from './pool-members.ts';

/** A process that announced itself. */
export interface DiscoveredMember extends PoolMember {
  readonly watch: PoolMember['watch'] & {
    /** Whether it says itself that it is ready, or said so last. */
    readonly isReady: boolean;
  };
}

export interface DiscoveredMembersOptions {
  /** Of the subgraph. */
  readonly name: string;
  /** Calls the listener with the addresses of all that are told to answer, after each change. @returns stops it */
  watch(listener: (urls: readonly string[]) => void): () => void;
  /** Reaches the process there. */
  memberAt(url: string): DiscoveredMember;
  readonly telemetry: Telemetry;
  /** More are left out, and told of. */
  readonly membersMax: number;
}

export const DISCOVERED_MEMBERS_MAX = 100;

/**
 * Processes that come and go. One that is no longer told of is asked no more while others are; it is let go when it does not
 * say either that it is ready, because what tells of it may be cut off, and not the process.
 */
export class DiscoveredMembers implements PoolMembers {
  readonly #options: DiscoveredMembersOptions;
  readonly #byUrl = new Map<string, DiscoveredMember>();
  readonly #stopWatching: () => void;
  #told: readonly string[] = [];
  #now: readonly PoolMember[] = [];

  constructor(options: DiscoveredMembersOptions) {
    this.#options = options;
    this.#stopWatching = options.watch((urls) => this.#hear(urls));
  }

  get now(): readonly PoolMember[] {
    if (this.#byUrl.size > this.#told.length) this.#letGo();
    return this.#now;
  }

  async close(): Promise<void> {
    this.#stopWatching();
    await closeMembers([...this.#byUrl.values()]);
  }

  #hear(urls: readonly string[]): void {
    const { name, membersMax, telemetry } = this.#options;
    this.#told = urls.slice(0, membersMax);
    if (urls.length > membersMax) {
      telemetry.log('warn', 'too many processes answer for a subgraph', { name, limit: 'membersMax', membersMax });
    }
    for (const url of this.#told) {
      if (this.#byUrl.has(url)) continue;
      this.#byUrl.set(url, this.#options.memberAt(url));
      telemetry.log('info', 'a process answers for a subgraph from now on', { name, url });
    }
    this.#letGo();
  }

  #letGo(): void {
    const { name, telemetry } = this.#options;
    for (const [url, member] of this.#byUrl) {
      if (this.#told.includes(url) || member.watch.isReady) continue;
      this.#byUrl.delete(url);
      telemetry.log('info', 'a process answers for a subgraph no more', { name, url });
      closeMembers([member]).catch((error: unknown) =>
        telemetry.log('warn', 'a process could not be let go', { name, url, error: String(error) }),
      );
    }
    const told = this.#told.flatMap((url) => this.#byUrl.get(url) ?? []);
    this.#now = told.length > 0 ? told : [...this.#byUrl.values()];
    telemetry.gauge('subgraph_members', this.#byUrl.size, { service: name });
  }
}
