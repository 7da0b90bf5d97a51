import type { Collection, Document, Documents } from '../../../../kernel/ports/documents.ts';
import { DocumentConflict } from '../../../../kernel/ports/document-errors.ts';
import type { LocationRegistered } from '../../../../schema/events/inventory.ts';
import type { Place } from '../../domain/sourcing/sourcing-policy.ts';

interface KnownPlace extends Document, Place {}

/** Locations that are read at a look; the ledger has no more than some thousands. */
const PAGE = 1_000;

/** What the location master says of all locations, in memory. What another process has learnt is known after the next look. */
export class PlaceRegister {
  readonly #collection: Collection<KnownPlace>;
  #places: ReadonlyMap<string, Place> = new Map();

  private constructor(collection: Collection<KnownPlace>) {
    this.#collection = collection;
  }

  static async open(documents: Documents): Promise<PlaceRegister> {
    const register = new PlaceRegister(
      await documents.collection<KnownPlace>({ name: 'orders-locations', indexes: [] }),
    );
    await register.look();
    return register;
  }

  async learn({ location, timeZone, capabilities }: LocationRegistered): Promise<void> {
    const before = await this.#collection.get(location);
    const known = { id: location, timeZone, capabilities };
    try {
      await this.#collection.save(known, before?.version ?? 0);
    } catch (error) {
      // Another process learns the same; the newest is told again if it is not.
      if (!(error instanceof DocumentConflict)) throw error;
    }
    this.#places = new Map([...this.#places, [location, known]]);
  }

  async look(): Promise<void> {
    const places = new Map<string, Place>();
    for (let after: { id: string; value: null } | undefined; ;) {
      const found = await this.#collection.find({ limit: PAGE, ...(after && { after }) });
      for (const { document } of found) places.set(document.id, document);
      const last = found.at(-1)?.document;
      if (!last || found.length < PAGE) break;
      after = { id: last.id, value: null };
    }
    this.#places = places;
  }

  has(location: string): boolean {
    return this.#places.has(location);
  }

  /** Those that are known. */
  of(locations: readonly string[]): ReadonlyMap<string, Place> {
    const found = new Map<string, Place>();
    for (const location of locations) {
      const place = this.#places.get(location);
      if (place) found.set(location, place);
    }
    return found;
  }
}
