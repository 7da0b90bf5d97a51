import { isRefusal, Obstacle, Refusal, toRefusal, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { Collection, CollectionDefinition } from '../../../../kernel/ports/documents.ts';
import { DocumentConflict } from '../../../../kernel/ports/document-errors.ts';
import type { Platform } from '../../../../kernel/ports/platform.ts';
import { Rulebook } from '../../domain/sourcing/rulebook.ts';
import { versionAt, type RulesAct, type RulesVersion } from '../../domain/sourcing/rules-version.ts';
import type { SourcingRules } from '../../domain/sourcing/sourcing-rules.ts';

const VERSIONS: CollectionDefinition = { name: 'orders-sourcing-rules', indexes: [{ paths: ['number'] }] };

/** The newest versions that are kept in memory; of older ones none is in force any more. */
const VERSIONS_KEPT_MAX = 1_000;
const CONFLICTS_MAX = 20;
/** Versions that are kept ready for look-ups; one is in force, others are tried. */
const BOOKS_MAX = 20;

/** Rules as they hold at an instant. */
export interface RulesInForce {
  /** 0 are those that the hub was started with. */
  readonly version: number;
  readonly rulebook: Rulebook;
}

type Parts = Pick<Platform, 'documents' | 'clock'>;

/**
 * The versions of the sourcing rules, in memory. What another process changes is known after the next look, so a
 * decision names the version that it was made by.
 */
export class RulesStore {
  readonly #versions: Collection<RulesVersion>;
  readonly #parts: Parts;
  readonly #initial: RulesInForce;
  readonly #books = new Map<number, Rulebook>();
  #known: readonly RulesVersion[] = [];

  private constructor(versions: Collection<RulesVersion>, parts: Parts, initial: SourcingRules) {
    this.#versions = versions;
    this.#parts = parts;
    this.#initial = { version: 0, rulebook: new Rulebook(initial) };
  }

  /** @param initial hold until a version does */
  static async open(parts: Parts, initial: SourcingRules): Promise<RulesStore> {
    const store = new RulesStore(await parts.documents.collection<RulesVersion>(VERSIONS), parts, initial);
    await store.look();
    return store;
  }

  /** Those that hold now. */
  current(): RulesInForce {
    return this.at(this.#parts.clock.nowMs());
  }

  at(atMs: number): RulesInForce {
    const version = versionAt(this.#known, atMs);
    return version ? { version: version.number, rulebook: this.#bookOf(version) } : this.#initial;
  }

  /** @throws {Refusal} RULE_VERSION_NOT_PLANNED when there is none */
  version(number: number): RulesVersion {
    const found = this.#known.find((version) => version.number === number);
    if (!found) throw new Refusal('RULE_VERSION_NOT_PLANNED', `There is no version ${number}.`, { version: number });
    return found;
  }

  /** The newest first. */
  get versions(): readonly RulesVersion[] {
    return this.#known;
  }

  bookOf(number: number): Rulebook {
    return number === 0 ? this.#initial.rulebook : this.#bookOf(this.version(number));
  }

  async draft(rules: SourcingRules, drafted: RulesAct): Promise<RulesVersion> {
    for (let tries = 0; tries < CONFLICTS_MAX; tries++) {
      const number = (this.#known[0]?.number ?? 0) + 1;
      const version = { id: `v${number}`, number, rules, drafted, activated: null, withdrawn: null };
      if (await this.#save(version, 0)) return version;
    }
    throw new Obstacle('VERSION_CONFLICT', 'Others are changing the rules at the same time.');
  }

  /** @throws {Refusal} what `decide` says */
  async change(number: number, decide: (version: RulesVersion) => RulesVersion | RefusalValue): Promise<RulesVersion> {
    for (let tries = 0; tries < CONFLICTS_MAX; tries++) {
      const found = await this.#versions.get(`v${number}`);
      if (!found) return this.version(number);
      const decided = decide(found.document);
      if (isRefusal(decided)) throw toRefusal(decided);
      if (await this.#save(decided, found.version)) return decided;
    }
    throw new Obstacle('VERSION_CONFLICT', 'Others are changing the rules at the same time.');
  }

  async #save(version: RulesVersion, expectedVersion: number): Promise<boolean> {
    try {
      await this.#versions.save(version, expectedVersion);
    } catch (error) {
      if (!(error instanceof DocumentConflict)) throw error;
      await this.look();
      return false;
    }
    await this.look();
    return true;
  }

  /** Learns what other processes have changed. */
  async look(): Promise<void> {
    const orderBy = { path: 'number', direction: 'desc' } as const;
    const found = await this.#versions.find({ orderBy, limit: VERSIONS_KEPT_MAX });
    this.#known = found.map(({ document }) => document);
  }

  /** Rules of a version never change, so what was made of them is good for ever. */
  #bookOf({ number, rules }: RulesVersion): Rulebook {
    const known = this.#books.get(number);
    if (known) return known;
    if (this.#books.size >= BOOKS_MAX) this.#books.clear();
    const book = new Rulebook(rules);
    this.#books.set(number, book);
    return book;
  }
}
