import { parseAs } from '../../../../kernel/model/json-schema.ts';
import { DocumentConflict } from '../../../../kernel/ports/document-errors.ts';
import type { Collection, Document, Documents } from '../../../../kernel/ports/documents.ts';
import { ParcelAddress } from '../../../../schema/commands/outbound-parcels.ts';
import type { Order } from '../../domain/order.ts';

interface KeptAddress extends Document {
  /** The order. */
  readonly id: string;
  /** As it was told with the order, or by a change that is through. Absent: none was. */
  readonly address?: ParcelAddress;
  /** Told with changes of the order, by their ids, the oldest first; the order says which of them holds. Absent: none. */
  readonly others?: Readonly<Record<string, ParcelAddress>>;
}

/** An order, and which of its addresses holds. */
type Named = Pick<Order, 'id' | 'addressId' | 'isMisaddressed'>;

/** Changes that may be under way at a time; of more the oldest go, which nobody can be waiting for any more. */
const OTHERS_MAX = 20;
const ATTEMPTS_MAX = 10;

/**
 * Where orders are sent, apart from the orders: personal data, which go when nothing is to be sent any more. An address
 * that comes with a change is put down first, and holds from when the order names it: in whatever moment a process ends,
 * order and address fit.
 */
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
    await this.#change(order, (before) => ({ ...before, id: order, address: fitting }));
  }

  /**
   * Puts an address down that holds once the order names it.
   * @throws {Refusal} BAD_USER_INPUT when it does not fit on a label
   */
  async propose({ id: order, addressId }: Named, id: string, address: ParcelAddress): Promise<void> {
    const fitting = parseAs<ParcelAddress>(ParcelAddress, address, 'shipTo');
    await this.#change(order, (before) => {
      const all = Object.entries(before?.others ?? {});
      const held = all.filter(([other]) => other === addressId);
      const newest = all.filter(([other]) => other !== addressId).slice(-OTHERS_MAX);
      return { ...before, id: order, others: Object.fromEntries([...held, ...newest, [id, fitting]]) };
    });
  }

  /** An address that does not come to hold goes, and one that does takes the place of those before. */
  async settle(order: string, id: string, isHeld: boolean): Promise<void> {
    await this.#change(order, (before) => {
      const others = Object.entries(before?.others ?? {});
      const at = others.findIndex(([other]) => other === id);
      if (!before || at < 0) return before;
      if (!isHeld) return { ...before, others: Object.fromEntries(others.toSpliced(at, 1)) };
      return { id: order, others: Object.fromEntries(others.slice(at)) };
    });
  }

  /** Where an order is sent as it is now; undefined also when it goes elsewhere than was told. */
  async of(order: Named): Promise<ParcelAddress | undefined> {
    return heldBy(order, (await this.#addresses.get(order.id))?.document);
  }

  /** The same of many orders, by `addressKey`; those of which none is known are absent. */
  async ofMany(orders: readonly Named[]): Promise<ReadonlyMap<string, ParcelAddress>> {
    const found = await this.#addresses.getMany(orders.map(({ id }) => id));
    const kept = new Map(found.map(({ document }) => [document.id, document]));
    return new Map(
      orders.flatMap((order) => {
        const address = heldBy(order, kept.get(order.id));
        return address ? [[addressKey(order), address] as const] : [];
      }),
    );
  }

  /** Forgetting twice is forgetting once. */
  async forget(order: string): Promise<void> {
    const kept = await this.#addresses.get(order);
    if (kept) await this.#addresses.delete(order, kept.version);
  }

  async #change(order: string, change: (before: KeptAddress | undefined) => KeptAddress | undefined): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const known = await this.#addresses.get(order);
      const after = change(known?.document);
      if (!after || after === known?.document) return;
      try {
        await this.#addresses.save(after, known?.version ?? 0);
        return;
      } catch (error) {
        if (!(error instanceof DocumentConflict) || attempt >= ATTEMPTS_MAX) throw error;
      }
    }
  }
}

/** Tells an order from the same one with another address. */
export const addressKey = ({ id, addressId = '', isMisaddressed }: Named): string =>
  `${id}|${addressId}|${isMisaddressed === true}`;

function heldBy({ addressId, isMisaddressed }: Named, kept: KeptAddress | undefined): ParcelAddress | undefined {
  if (isMisaddressed) return undefined;
  return addressId === undefined ? kept?.address : kept?.others?.[addressId];
}
