import { parseAs } from '../../../../kernel/model/json-schema.ts';
import type { Collection, Document, Documents } from '../../../../kernel/ports/documents.ts';
import { ParcelAddress } from '../../../../schema/commands/outbound-parcels.ts';

interface KeptAddress extends Document {
  /** The order. */
  readonly id: string;
  readonly address: ParcelAddress;
}

/** Where orders are sent, apart from the orders: personal data, which go when nothing is to be sent any more. */
export class AddressBook {
  readonly #addresses: Collection<KeptAddress>;

  private constructor(addresses: Collection<KeptAddress>) {
    this.#addresses = addresses;
  }

  static async open(documents: Documents): Promise<AddressBook> {
    return new AddressBook(await documents.collection<KeptAddress>({ name: 'orders-addresses', indexes: [] }));
  }

  /** @throws {Refusal} BAD_USER_INPUT when it does not fit on a label */
  async keep(order: string, address: ParcelAddress): Promise<void> {
    const fitting = parseAs<ParcelAddress>(ParcelAddress, address, 'shipTo');
    const before = await this.#addresses.get(order);
    await this.#addresses.save({ id: order, address: fitting }, before?.version ?? 0);
  }

  async get(order: string): Promise<ParcelAddress | undefined> {
    return (await this.#addresses.get(order))?.document.address;
  }

  /** Forgetting twice is forgetting once. */
  async forget(order: string): Promise<void> {
    const kept = await this.#addresses.get(order);
    if (kept) await this.#addresses.delete(order, kept.version);
  }
}
