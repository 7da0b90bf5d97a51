import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import { FIND_LIMIT_MAX, type Collection, type Document, type Documents } from '../../../kernel/ports/documents.ts';
import type { OwnedQuantity } from '../../../schema/events/fields.ts';
import type { OwnershipChanged } from '../../../schema/events/operations.ts';

/** Location -> the system that owns its counts until the ownership register says otherwise. */
export type CountOwners = Readonly<Record<string, string>>;

interface OwnershipDocument extends Document {
  /** Null: every system may write. */
  readonly writerSystem: string | null;
  readonly ruleVersion: number;
}

/** Who may write a quantity at a location. */
export interface OwnershipView {
  mayWrite(write: { readonly quantity: OwnedQuantity; readonly location: string; readonly system: string }): boolean;
}

/**
 * What the ownership register says of stock, in memory for every fact and in documents across restarts. A rule for the
 * location comes before one for all locations, and both before the settings of the deployment.
 */
export class Ownership implements OwnershipView {
  readonly #documents: Collection<OwnershipDocument>;
  readonly #seed: CountOwners;
  readonly #rules: Map<string, OwnershipDocument>;

  private constructor(
    documents: Collection<OwnershipDocument>,
    seed: CountOwners,
    rules: ReadonlyMap<string, OwnershipDocument>,
  ) {
    this.#documents = documents;
    this.#seed = seed;
    this.#rules = new Map(rules);
  }

  static async open(documents: Documents, seed: CountOwners): Promise<Ownership> {
    const collection = await documents.collection<OwnershipDocument>({ name: 'inventory-ownership', indexes: [] });
    const saved = await collection.find({ limit: FIND_LIMIT_MAX });
    return new Ownership(collection, seed, new Map(saved.map(({ document }) => [document.id, document])));
  }

  mayWrite({ quantity, location, system }: Parameters<OwnershipView['mayWrite']>[0]): boolean {
    const rule = this.#rules.get(ruleIdOf(quantity, location)) ?? this.#rules.get(ruleIdOf(quantity, null));
    const seeded = quantity === 'COUNT' ? (this.#seed[location] ?? null) : null;
    const owner = rule ? rule.writerSystem : seeded;
    return owner === null || owner === system;
  }

  /** Durable when it resolves; what comes again or late changes nothing. */
  async apply({ domain, quantity, location, writerSystem, ruleVersion }: OwnershipChanged): Promise<void> {
    if (domain !== 'STOCK') return;
    const id = ruleIdOf(quantity, location);
    const rule = { id, writerSystem, ruleVersion };
    const saved = await this.#documents.get(id);
    if (saved && saved.document.ruleVersion >= ruleVersion) return;
    try {
      await this.#documents.save(rule, saved?.version ?? 0);
    } catch (error) {
      // Somebody else took in the same or a newer one; this one is read again with its next delivery.
      if (!(error instanceof DocumentConflict)) throw error;
      return this.apply({ domain, quantity, location, writerSystem, ruleVersion });
    }
    this.#rules.set(id, rule);
  }
}

const ruleIdOf = (quantity: OwnedQuantity, location: string | null): string => `${quantity}|${location ?? '*'}`;
