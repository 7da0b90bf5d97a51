import { Obstacle, Refusal } from '../../../../kernel/model/errors.ts';
import { DocumentConflict } from '../../../../kernel/ports/document-errors.ts';
import type { Collection, CollectionDefinition, Document, Documents } from '../../../../kernel/ports/documents.ts';

/** What a system calls a customer. */
export interface CustomerReference {
  readonly system: string;
  readonly reference: string;
}

export interface KnownReference extends CustomerReference, Document {
  /** As channels name them. */
  readonly customer: string;
  readonly linkedAtMs: number;
  /** Who said so. */
  readonly by: string;
}

export const CUSTOMER_REFERENCES: CollectionDefinition = {
  name: 'orders-customer-references',
  indexes: [{ paths: ['customer'] }],
};

/** Of one customer. */
export const CUSTOMER_REFERENCES_MAX = 100;

const ERASE_PASSES_MAX = 10;

const idOf = ({ system, reference }: CustomerReference): string => JSON.stringify([system, reference]);

/**
 * What other systems, such as a CRM, a loyalty programme or an ERP, call the customers whom channels name. A reference of a
 * system is one customer's.
 */
export class CustomerReferences {
  readonly #known: Collection<KnownReference>;

  private constructor(known: Collection<KnownReference>) {
    this.#known = known;
  }

  static async open(documents: Documents): Promise<CustomerReferences> {
    return new CustomerReferences(await documents.collection<KnownReference>(CUSTOMER_REFERENCES));
  }

  /**
   * Durable when it resolves; once more, it changes nothing.
   * @throws {Refusal} BAD_USER_INPUT when it is somebody else's, LIMIT_EXCEEDED
   */
  async link(link: Omit<KnownReference, 'id'>): Promise<void> {
    const { customer, system, reference } = link;
    const id = idOf(link);
    const of = await this.of(customer);
    if (of.some((known) => known.id === id)) return;
    if (of.length >= CUSTOMER_REFERENCES_MAX) {
      const details = { limit: 'customerReferencesMax', customerReferencesMax: CUSTOMER_REFERENCES_MAX };
      throw new Refusal('LIMIT_EXCEEDED', `A customer has at most ${CUSTOMER_REFERENCES_MAX} references.`, details);
    }
    try {
      await this.#known.save({ ...link, id }, 0);
    } catch (error) {
      if (!(error instanceof DocumentConflict)) throw error;
      const known = await this.#known.get(id);
      if (!known) throw new Obstacle('VERSION_CONFLICT', 'The reference is being taken away at this moment.');
      if (known.document.customer === customer) return;
      const details = { field: 'reference', system, reference };
      throw new Refusal('BAD_USER_INPUT', `${system} calls another customer ${reference}.`, details);
    }
  }

  /** Durable when it resolves; one that is not this customer's stays. */
  async unlink({ customer, system, reference }: CustomerReference & { readonly customer: string }): Promise<void> {
    const known = await this.#known.get(idOf({ system, reference }));
    if (known?.document.customer === customer) await this.#delete(known.document.id, known.version);
  }

  /** By the names of the systems. */
  async of(customer: string): Promise<readonly KnownReference[]> {
    const where = { customer: { eq: customer } };
    const found = await this.#known.find({ where, limit: CUSTOMER_REFERENCES_MAX });
    const known = found.map(({ document }) => document);
    return known.toSorted((a, b) => compare(a.system, b.system) || compare(a.reference, b.reference));
  }

  /** Whom a system calls that; undefined when nobody said so. */
  async customerOf(named: CustomerReference): Promise<string | undefined> {
    return (await this.#known.get(idOf(named)))?.document.customer;
  }

  /**
   * Forgets what systems call a customer. What is linked meanwhile may stay.
   * @throws {Obstacle} VERSION_CONFLICT when more and more is linked
   */
  async erase(customer: string): Promise<void> {
    // Those that were linked at the same moment may be more than the limit.
    for (let pass = 0; pass < ERASE_PASSES_MAX; pass++) {
      const found = await this.of(customer);
      if (found.length === 0) return;
      for (const named of found) await this.unlink({ ...named, customer });
    }
    throw new Obstacle('VERSION_CONFLICT', 'References of the customer are being linked at this moment.');
  }

  async #delete(id: string, version: number): Promise<void> {
    try {
      await this.#known.delete(id, version);
    } catch (error) {
      // Somebody else has deleted it, because a reference is never changed.
      if (!(error instanceof DocumentConflict)) throw error;
    }
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
