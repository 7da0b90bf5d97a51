import type { Measured } from '../../../kernel/model/convert-quantity.ts';
import { parseStep } from '../../../kernel/model/quantity.ts';
import type { Collection, Document, Documents } from '../../../kernel/ports/documents.ts';
import type { ChannelRegistered } from '../../../schema/events/inventory.ts';
import type { SkuRegistered } from '../../../schema/events/products.ts';

/** Units of SKUs that were registered before they were kept are not known until the SKU is told again. */
export interface KnownSku extends Document, Measured {
  /** Absent: it was registered before they were kept. */
  readonly categories?: readonly string[];
}

export interface KnownChannel extends Document {
  readonly currency: string;
}

/** What this context keeps of things that others register, by their ids. One event per thing at a time may be learnt. */
export class Registry<Known extends Document> {
  readonly #collection: Collection<Known>;

  private constructor(collection: Collection<Known>) {
    this.#collection = collection;
  }

  static async open<Known extends Document>(documents: Documents, name: string): Promise<Registry<Known>> {
    return new Registry(await documents.collection<Known>({ name, indexes: [] }));
  }

  async learn(known: Known): Promise<void> {
    const before = await this.#collection.get(known.id);
    await this.#collection.save(known, before?.version ?? 0);
  }

  async get(id: string): Promise<Known | undefined> {
    return (await this.#collection.get(id))?.document;
  }

  async getMany(ids: readonly string[]): Promise<ReadonlyMap<string, Known>> {
    const found = await this.#collection.getMany([...new Set(ids)]);
    return new Map(found.map(({ document }) => [document.id, document]));
  }
}

export const knownSkuOf = ({ sku, step, baseUnit, conversions = [], categories }: SkuRegistered): KnownSku => {
  return { id: sku, decimals: parseStep(step), baseUnit, conversions, categories };
};

export const knownChannelOf = ({ channel, currency }: ChannelRegistered): KnownChannel => ({ id: channel, currency });
