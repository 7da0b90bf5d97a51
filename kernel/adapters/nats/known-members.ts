export interface KnownMembersLimits {
  /** Rounds in a row in which a member may be silent before it is forgotten. */
  readonly memberMissesMax: number;
  /** Members of all services; more are not taken in. */
  readonly membersMax: number;
}

interface Known {
  /** Rounds in a row without an answer. */
  misses: number;
}

/** Who has answered in the last rounds of asking. */
export class KnownMembers {
  readonly #limits: KnownMembersLimits;
  readonly #byService = new Map<string, Map<string, Known>>();
  #count = 0;

  constructor(limits: KnownMembersLimits) {
    this.#limits = limits;
  }

  urlsOf(service: string): readonly string[] {
    return [...(this.#byService.get(service)?.keys() ?? [])].sort();
  }

  /** @returns whether it was not known */
  heard(service: string, url: string): boolean {
    const members = this.#byService.get(service) ?? new Map<string, Known>();
    const known = members.get(url);
    if (known) {
      known.misses = 0;
      return false;
    }
    if (this.#count >= this.#limits.membersMax) return false;
    this.#byService.set(service, members.set(url, { misses: 0 }));
    this.#count++;
    return true;
  }

  /** @returns whether it was known */
  gone(service: string, url: string): boolean {
    const wasKnown = this.#byService.get(service)?.delete(url) ?? false;
    if (wasKnown) this.#count--;
    return wasKnown;
  }

  /**
   * Ends a round in which everybody was asked, and could have been heard.
   * @returns the services of which somebody was forgotten
   */
  endRound(): readonly string[] {
    const changed = new Set<string>();
    for (const [service, members] of this.#byService) {
      for (const [url, known] of members) {
        // What has answered in this round begins the next one at its first miss.
        if (known.misses++ < this.#limits.memberMissesMax) continue;
        this.gone(service, url);
        changed.add(service);
      }
    }
    return [...changed];
  }
}
