import type {
  AnnouncedReturnReceived,
  BalanceReported,
  GoodsReceived,
  ReturnRecorded,
  StockAdjusted,
  StockCounted,
  StoreSaleRecorded,
  WebSaleRecorded,
} from '../../../schema/events/inbox.ts';
import type { PickRecorded, ShipmentRecorded, ShortPickRecorded } from '../../../schema/events/inbox-work.ts';
import type {
  ConditionChanged,
  StockDisposed,
  SupplyAnnounced,
  TransferLost,
  TransferReceived,
  TransferShipped,
} from '../../../schema/events/inbox-supply.ts';
import type { MovementReason } from '../../../schema/events/fields.ts';
import type { Bucket, VirtualLocation } from './bucket.ts';
import type { SourceSequence } from '../../../kernel/model/event-envelope.ts';
import type { FactSource } from './ledger-event.ts';
import type { TrackedLine } from './tracked-line.ts';

interface Told<Type extends string, Data> {
  readonly type: Type;
  readonly source: FactSource;
  /** Of the whole message as it was told; absent for what people tell, and for what was parked without. */
  readonly payloadHash?: string;
  readonly sequence?: SourceSequence;
  readonly occurredAtMs: number;
  /** Shared by all that the message set off. */
  readonly correlationId?: string;
  readonly data: Data;
  /** Only those lines of the message that had to wait; the others were decided before. */
  readonly isPart?: true;
}

/** Facts that were parked before channels were kept have none. */
type Sold<Sale extends StoreSaleRecorded> = Pick<Sale, 'location' | 'externalId' | 'lines'> &
  Partial<Pick<Sale, 'channel'>>;

/** A fact that concerns stock, as the inbox tells it. */
export type StockFact =
  | Told<'store-sale-recorded', Sold<StoreSaleRecorded>>
  | Told<'web-sale-recorded', Sold<WebSaleRecorded>>
  | Told<'return-recorded', Pick<ReturnRecorded, 'location' | 'externalId' | 'lines'>>
  | Told<'announced-return-received', AnnouncedReturnReceived>
  /** `isOwner` false: another system owns the quantity, so this is kept and compared. */
  | (Told<'goods-received', GoodsReceived> & { readonly isOwner?: boolean })
  | (Told<'stock-adjusted', StockAdjusted> & { readonly isOwner?: boolean })
  /** Compared, never applied. */
  | Told<'balance-reported', BalanceReported>
  | Told<'shipment-recorded', Pick<ShipmentRecorded, 'order' | 'location' | 'lines'>>
  | Told<'pick-recorded', PickRecorded>
  | Told<'short-pick-recorded', ShortPickRecorded>
  | Told<'condition-changed', ConditionChanged>
  | Told<'stock-disposed', StockDisposed>
  | Told<'transfer-shipped', TransferShipped>
  | Told<'transfer-received', TransferReceived>
  | Told<'transfer-lost', TransferLost>
  /** A line that was cancelled has the quantity 0. */
  | Told<'supply-announced' | 'supply-changed' | 'supply-cancelled', SupplyAnnounced>
  /** `isOwner`: the system owns the quantity of the location, so its count is applied and not only compared. */
  | (Told<'stock-counted', StockCounted> & { readonly isOwner: boolean });

/** One line of any fact, with what only some facts have. */
export interface FactLine extends TrackedLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: string;
  readonly orderLine?: string;
  readonly reason?: MovementReason;
  /** Absent: SELLABLE. */
  readonly bucket?: Bucket;
  readonly unit?: string;
  readonly from?: Bucket;
  readonly to?: Bucket | VirtualLocation;
  readonly transferLine?: string;
  readonly documentLine?: string;
  readonly expectedAt?: string;
}

/** The lines of a fact; reasons of customers for returns are no reasons of movements. */
export function factLinesOf(fact: StockFact): readonly FactLine[] {
  if (fact.type === 'return-recorded')
    return fact.data.lines.map(({ reason: _reason, unitPriceMinor: _price, ...line }) => line);
  return fact.data.lines;
}

/** The fact with none but these lines. */
export function partOf(fact: StockFact, lineIds: ReadonlySet<string>): StockFact {
  const lines = (fact.data.lines as readonly FactLine[]).filter(({ lineId }) => lineIds.has(lineId));
  return { ...fact, data: { ...fact.data, lines }, isPart: true } as StockFact;
}

/** The order, return, receipt or sale that a fact belongs to. */
export function documentOf(fact: StockFact): string | undefined {
  switch (fact.type) {
    case 'store-sale-recorded':
    case 'web-sale-recorded':
    case 'return-recorded':
      return fact.data.externalId;
    case 'announced-return-received':
      return fact.data.return;
    case 'goods-received':
      return fact.data.reference;
    case 'shipment-recorded':
    case 'pick-recorded':
    case 'short-pick-recorded':
      return fact.data.order;
    case 'transfer-shipped':
    case 'transfer-received':
    case 'transfer-lost':
      return fact.data.transfer;
    case 'supply-announced':
    case 'supply-changed':
    case 'supply-cancelled':
      return fact.data.document;
    case 'balance-reported':
    case 'stock-adjusted':
    case 'stock-counted':
    case 'condition-changed':
    case 'stock-disposed':
      return undefined;
  }
}
