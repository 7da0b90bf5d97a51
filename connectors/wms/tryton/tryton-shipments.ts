import { Type } from '@sinclair/typebox';
import type { RecordId, TrytonApi } from '../../systems/tryton/tryton-api.ts';
import { UpstreamRejected, UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { wireDecimal } from '../../systems/tryton/wire-values.ts';
import type { ReleasedLine } from '../port.ts';
import type { TrytonWarehouse } from './tryton-warehouses.ts';

export const SHIPMENT = 'stock.shipment.out';

/** What goods leave a warehouse as; prices are the ERP's business. */
export interface Consignee {
  readonly customer: RecordId;
  readonly address: RecordId;
  readonly customerLocation: RecordId;
  readonly company: RecordId;
  readonly currency: RecordId;
}

const Id = Type.Object({ id: Type.Integer() });
const Product = Type.Object({ id: Type.Integer(), code: Type.String(), default_uom: Type.Integer() });
const Shipment = Type.Object({ id: Type.Integer(), state: Type.String() });
/** States from which goods have left the shelf. */
const TOO_LATE = new Set(['picked', 'packed', 'done']);

/** The records that a shipment names, for one customer of the company. */
export async function consigneeOf(api: TrytonApi, customer: RecordId): Promise<Consignee> {
  const company = Number((await api.preferences())['company']);
  const first = async (model: string, domain: readonly unknown[]): Promise<RecordId> => {
    const [record] = await api.search(model, { domain, fields: ['id'], limit: 1 }, Id);
    if (!record) throw new UpstreamRejected(api.system, { status: 404, words: `There is no ${model} for shipments.` });
    return record.id;
  };
  const [address, customerLocation, currency] = await Promise.all([
    first('party.address', [['party', '=', customer]]),
    first('stock.location', [['type', '=', 'customer']]),
    currencyOf(api, company),
  ]);
  return { customer, address, customerLocation, company, currency };
}

async function currencyOf(api: TrytonApi, company: RecordId): Promise<RecordId> {
  const Company = Type.Object({ id: Type.Integer(), currency: Type.Integer() });
  const asked = { domain: [['id', '=', company]], fields: ['currency'] };
  const [found] = await api.search('company.company', asked, Company);
  if (!found) throw new UpstreamRejected(api.system, { status: 403, words: 'The user belongs to no company.' });
  return found.currency;
}

/** The shipments that bear a reference. */
export function shipmentsOf(api: TrytonApi, reference: string): Promise<readonly { id: RecordId; state: string }[]> {
  return api.search(SHIPMENT, { domain: [['reference', '=', reference]], fields: ['state'] }, Shipment);
}

export interface DraftShipment {
  readonly reference: string;
  readonly warehouse: TrytonWarehouse;
  readonly consignee: Consignee;
  readonly lines: readonly ReleasedLine[];
  readonly products: ReadonlyMap<string, { readonly id: RecordId; readonly unit: RecordId }>;
}

/** @throws {UpstreamRejected} naming the first SKU that Tryton does not know */
export async function productsOf(api: TrytonApi, lines: readonly ReleasedLine[]): Promise<DraftShipment['products']> {
  const skus = [...new Set(lines.map(({ sku }) => sku))];
  const asked = { domain: [['code', 'in', skus]], fields: ['code', 'default_uom'] };
  const rows = await api.search('product.product', asked, Product);
  const products = new Map(rows.map(({ id, code, default_uom: unit }) => [code, { id, unit }]));
  const unknown = skus.find((sku) => !products.has(sku));
  if (unknown === undefined) return products;
  throw new UpstreamRejected(api.system, { status: 404, words: `There is no product ${unknown}.` });
}

/** Makes the shipment, still a draft that nobody works on. Not idempotent. */
export async function draftShipment(api: TrytonApi, draft: DraftShipment): Promise<RecordId> {
  const { reference, warehouse, consignee, lines, products } = draft;
  const { customer, address, customerLocation, company, currency } = consignee;
  const moves = lines.map(({ sku, quantity }) => ({
    product: products.get(sku)?.id,
    uom: products.get(sku)?.unit,
    quantity: Number(quantity),
    from_location: warehouse.output,
    to_location: customerLocation,
    company,
    currency,
    unit_price: wireDecimal('0'),
  }));
  const values = {
    company,
    customer,
    delivery_address: address,
    warehouse: warehouse.id,
    reference,
    outgoing_moves: [['create', moves]],
  };
  const [id] = await api.create(SHIPMENT, [values]);
  if (id === undefined) throw new UpstreamUnavailable(api.system, { words: 'A shipment was made without an id.' });
  return id;
}

/** Hands drafts to the warehouse, and takes as much stock for them as there is. */
export async function startShipments(api: TrytonApi, ids: readonly RecordId[]): Promise<void> {
  await api.press(SHIPMENT, 'wait', ids);
  // Answers false where some is missing; the warehouse sees that and the picker says what was found.
  await api.press(SHIPMENT, 'assign_try', ids);
}

/** Sends a shipment to another address of its party. @returns false when its parcel is being made already */
export async function redirectShipment(
  api: TrytonApi,
  { id, state }: { readonly id: RecordId; readonly state: string },
  address: RecordId,
): Promise<boolean> {
  if (TOO_LATE.has(state)) return false;
  const params = [[id], { delivery_address: address }];
  await api.call({ method: `model.${SHIPMENT}.write`, params, isIdempotent: true });
  return true;
}

/** True when none of the goods will leave: the state is read back, since a button that is not allowed says nothing. */
export async function cancelShipment(
  api: TrytonApi,
  reference: string,
  { id, state }: { readonly id: RecordId; readonly state: string },
): Promise<boolean> {
  if (TOO_LATE.has(state)) return false;
  if (state !== 'cancelled') await api.press(SHIPMENT, 'cancel', [id]);
  const after = (await shipmentsOf(api, reference)).find((shipment) => shipment.id === id);
  return after === undefined || after.state === 'cancelled';
}
