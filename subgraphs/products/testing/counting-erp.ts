import { Obstacle } from '../../../kernel/model/errors.ts';
import type { Erp } from '../../../connectors/erp/port.ts';
import type { ItemRecorded } from '../../../schema/events/inbox.ts';

/** An ERP in memory that counts what it is asked and can be down. */
export class CountingErp implements Erp {
  readonly system = 'erp-test';
  readonly lookUps: (readonly string[])[] = [];
  listings = 0;
  isDown = false;
  readonly #items: Map<string, ItemRecorded>;
  readonly #pageItems: number;

  constructor(items: readonly ItemRecorded[], pageItems = 20) {
    this.#items = new Map(items.map((item) => [item.sku, item]));
    this.#pageItems = pageItems;
  }

  set(item: ItemRecorded): void {
    this.#items.set(item.sku, item);
  }

  async lookUpItems(skus: readonly string[]): Promise<ReadonlyMap<string, ItemRecorded>> {
    this.lookUps.push(skus);
    this.#assertUp();
    return new Map(
      skus.flatMap((sku) => {
        const item = this.#items.get(sku);
        return item ? [[sku, item] as const] : [];
      }),
    );
  }

  async listItems(after: string | undefined) {
    this.listings++;
    this.#assertUp();
    const codes = [...this.#items.keys()].sort().filter((code) => after === undefined || code > after);
    const page = codes.slice(0, this.#pageItems);
    const items = page.flatMap((code) => this.#items.get(code) ?? []);
    const last = page.at(-1);
    return { items, ...(last !== undefined && codes.length > page.length && { next: last }) };
  }

  async listLocations() {
    return [];
  }

  #assertUp(): void {
    if (this.isDown) throw new Obstacle('UPSTREAM_UNAVAILABLE', 'The ERP is down.');
  }
}
