import type { RecordId, TrytonApi } from '../../../connectors/systems/tryton/tryton-api.ts';
import { wireDecimal } from '../../../connectors/systems/tryton/wire-values.ts';
import { only, type Company } from './seed-company.ts';

export interface SeedWarehouse {
  readonly code: string;
  readonly name: string;
}

export interface SeedItem {
  readonly code: string;
  readonly title: string;
  /** In major units of the company's currency, such as `6.90`. */
  readonly listPrice: string;
  readonly costPrice: string;
  readonly category: string;
  /** Thirteen digits. */
  readonly ean?: string;
  /** In pieces; the same in every warehouse. */
  readonly onHand: number;
}

export interface SeededWarehouse extends SeedWarehouse {
  readonly id: RecordId;
  readonly storage: RecordId;
}

export async function seedWarehouses(
  api: TrytonApi,
  warehouses: readonly SeedWarehouse[],
): Promise<readonly SeededWarehouse[]> {
  const seeded: SeededWarehouse[] = [];
  for (const { code, name } of warehouses) {
    const places = ['Input', 'Output', 'Storage'].map((each) => ({ name: `${name} ${each}`, type: 'storage' }));
    const lost = { name: `${name} Lost and Found`, type: 'lost_found' };
    const [input, output, storage, lostFound] = await api.create('stock.location', [...places, lost]);
    const [id] = await api.create('stock.location', [
      {
        name,
        code,
        type: 'warehouse',
        input_location: input,
        output_location: output,
        storage_location: storage,
        // Without one of its own a warehouse cannot confirm an inventory.
        lost_found_location: lostFound,
      },
    ]);
    seeded.push({ code, name, id: id as RecordId, storage: storage as RecordId });
  }
  return seeded;
}

const ITEMS_PER_CALL = 100;

/** Each item a product of its own, sold by the piece. */
export async function seedItems(
  api: TrytonApi,
  items: readonly SeedItem[],
  { accountCategory }: Company,
): Promise<ReadonlyMap<string, RecordId>> {
  const piece = await only(api, 'product.uom', [['symbol', '=', 'u']]);
  const categories = await seedCategories(api, items);
  const templateOf = ({ code, title, listPrice, costPrice, category, ean }: SeedItem) => ({
    name: title,
    type: 'goods',
    default_uom: piece,
    salable: true,
    sale_uom: piece,
    purchasable: true,
    purchase_uom: piece,
    list_price: wireDecimal(listPrice),
    cost_price_method: 'fixed',
    account_category: accountCategory,
    categories: [['add', [categories.get(category)]]],
    products: [
      [
        'create',
        [
          {
            // The code that Tryton shows is made of the template's prefix and this.
            suffix_code: code,
            cost_price: wireDecimal(costPrice),
            ...(ean !== undefined && { identifiers: [['create', [{ type: 'ean', code: ean }]]] }),
          },
        ],
      ],
    ],
  });
  for (let from = 0; from < items.length; from += ITEMS_PER_CALL) {
    await api.create('product.template', items.slice(from, from + ITEMS_PER_CALL).map(templateOf));
  }
  return productIds(api, items);
}

async function seedCategories(api: TrytonApi, items: readonly SeedItem[]): Promise<ReadonlyMap<string, RecordId>> {
  const names = [...new Set(items.map(({ category }) => category))];
  const ids = await api.create(
    'product.category',
    names.map((name) => ({ name })),
  );
  return new Map(names.map((name, index) => [name, ids[index] as RecordId]));
}

async function productIds(api: TrytonApi, items: readonly SeedItem[]): Promise<ReadonlyMap<string, RecordId>> {
  const codes = items.map(({ code }) => code);
  const rows = (await api.call({
    method: 'model.product.product.search_read',
    params: [[['code', 'in', codes]], 0, null, null, ['code']],
    isIdempotent: true,
  })) as readonly { readonly id: RecordId; readonly code: string }[];
  return new Map(rows.map(({ id, code }) => [code, id]));
}

/** What lies on the shelves at the beginning, as a count. */
export async function seedOnHand(
  api: TrytonApi,
  { company }: Company,
  stock: {
    readonly warehouse: SeededWarehouse;
    readonly items: readonly SeedItem[];
    readonly products: ReadonlyMap<string, RecordId>;
  },
): Promise<void> {
  const lines = stock.items
    .filter(({ onHand }) => onHand > 0)
    .map(({ code, onHand }) => ({ product: stock.products.get(code), quantity: onHand }));
  const ids = await api.create('stock.inventory', [
    { location: stock.warehouse.storage, company, lines: [['create', lines]] },
  ]);
  await api.press('stock.inventory', 'confirm', ids);
}
