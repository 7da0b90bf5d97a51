import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { SkuModel, LocationModel, NetworkModel, ChannelModel, AvailabilityModel, NodeAvailabilityModel, AvailabilityTermModel, InventoryPositionModel, PositionHistoryEntryModel, SerialStockModel, OffersModel, OfferLineModel, ReservationModel, DatedSupplyModel, TransferModel, TransferLineModel, AvailabilityRuleModel, AvailabilityRuleVersionModel, AvailabilityRuleWithdrawalModel, AvailabilityImpactChangeModel } from './models.ts';
import type { GraphqlContext } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A decimal string in the base unit of its SKU, such as "12" or "0.250"; always a multiple of the step of the SKU. */
  Quantity: { input: string; output: string; }
  /** An instant in UTC, ISO 8601. */
  DateTime: { input: string; output: string; }
  /** An ISO 4217 currency code. */
  CurrencyCode: { input: string; output: string; }
  /** An integer of at most 53 bits, carried as a JSON number. */
  SafeInteger: { input: number; output: number; }
  /** A place in the change log of one context. Opaque: keep it, pass it back, never take it apart. */
  ChangeCursor: { input: string; output: string; }
  link__Import: { input: unknown; output: unknown; }
  federation__FieldSet: { input: unknown; output: unknown; }
  federation__Scope: { input: unknown; output: unknown; }
  federation__Policy: { input: unknown; output: unknown; }
  federation__ContextFieldValue: { input: unknown; output: unknown; }
  _Any: { input: unknown; output: unknown; }
};

/** A place that holds stock or that closes a movement. */
export type Location = {
  readonly __typename?: 'Location';
  /** The code that the location master gives it. */
  readonly id: Scalars['ID']['output'];
  /** The name that people use. */
  readonly name: Scalars['String']['output'];
  /** What kind of place it is. */
  readonly type: LocationType;
  /** An IANA time zone; days at this location are days there. */
  readonly timeZone: Scalars['String']['output'];
  /** What can be done there. */
  readonly capabilities: ReadonlyArray<LocationCapability>;
  /** The system whose messages tell what happens there; null when no lateness is watched. */
  readonly feed: Maybe<LocationFeed>;
};

/** The system that feeds a location. */
export type LocationFeed = {
  readonly __typename?: 'LocationFeed';
  /** The name under which its messages come in. */
  readonly system: Scalars['String']['output'];
  /** Stale when nothing is known of the time since then. */
  readonly staleAfterMs: Scalars['SafeInteger']['output'];
  /** What happened up to here is known, to a twentieth of `staleAfterMs`. */
  readonly heardAt: Scalars['DateTime']['output'];
  /** Since when it is stale; null while it is fresh. */
  readonly staleFrom: Maybe<Scalars['DateTime']['output']>;
};

/** Kinds of places. */
export type LocationType =
  /** A shop that people visit. */
  | 'STORE'
  /** A distribution centre. */
  | 'DC'
  /** A small automated store near its customers. */
  | 'MICRO_FC'
  /** A place that takes returns in. */
  | 'RETURNS_CENTRE'
  /** Where goods come from (virtual). */
  | 'SUPPLIER'
  /** Between two locations (virtual). */
  | 'TRANSIT'
  /** Where goods go to (virtual). */
  | 'CUSTOMER'
  /** Where losses go to and finds come from (virtual). */
  | 'SHRINK'
  /** Demand that waits (virtual). */
  | 'VIRTUAL_QUEUE';

/** What a location can do. */
export type LocationCapability =
  /** Ship to customers. */
  | 'SHIP'
  /** Hand over at a counter. */
  | 'PICKUP'
  /** Take returns in. */
  | 'RETURN'
  /** Take deliveries in. */
  | 'RECEIVE';

/** The locations whose stock may serve a demand. Networks may overlap. */
export type Network = {
  readonly __typename?: 'Network';
  /** The id that the operator gave it. */
  readonly id: Scalars['ID']['output'];
  /** In the order of preference for sourcing. */
  readonly locations: ReadonlyArray<Location>;
};

/** Who sells: a web shop, a marketplace, a region of stores. */
export type Channel = {
  readonly __typename?: 'Channel';
  /** The id that the operator gave it. */
  readonly id: Scalars['ID']['output'];
  /** Whose stock it sells from. */
  readonly network: Network;
  /** What it sells in. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** What it tells its visitors. */
  readonly publishes: AvailabilityDisclosure;
};

/** What a channel tells of its availability. */
export type AvailabilityDisclosure =
  /** The quantity that may be sold. */
  | 'ATS'
  /** Only NONE, LOW or OK. */
  | 'BAND';

/** A coarse availability. */
export type AvailabilityBand =
  /** Nothing may be sold. */
  | 'NONE'
  /** Few are left. */
  | 'LOW'
  /** Enough. */
  | 'OK';

export type Sku = {
  readonly __typename?: 'Sku';
  readonly id: Scalars['ID']['output'];
  /** What this channel may sell of it, now. Null when the SKU is not registered with inventory. */
  readonly availability: Maybe<Availability>;
  /** Its stock at a location. Null when there never was any. */
  readonly position: Maybe<InventoryPosition>;
};


export type SkuAvailabilityArgs = {
  channel: Scalars['ID']['input'];
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


export type SkuPositionArgs = {
  location: Scalars['ID']['input'];
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What a channel may sell of a SKU, by the one formula. */
export type Availability = {
  readonly __typename?: 'Availability';
  /** What is sold; null while what is asked of it cannot be answered. */
  readonly sku: Maybe<Sku>;
  /** Who sells it. */
  readonly channel: Channel;
  /** The quantity that may be sold now; null when the channel tells bands only. */
  readonly available: Maybe<Scalars['Quantity']['output']>;
  /** The same, coarse. */
  readonly band: AvailabilityBand;
  /** It is sold ahead, and does not leave before; null: it leaves as soon as it is there. */
  readonly shipsAt: Maybe<Scalars['DateTime']['output']>;
  /** What each location of the network could serve, largest first; of a kit the whole ones that its components there allow. */
  readonly nodes: ReadonlyArray<NodeAvailability>;
  /** How the figure came about, term by term; their signed values add up to the figure before caps. */
  readonly terms: ReadonlyArray<AvailabilityTerm>;
  /** What is to come to the locations of the network, the earliest first; no part of what is available. */
  readonly supply: ReadonlyArray<DatedSupply>;
  /** The change that this answer includes. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};


/** What a channel may sell of a SKU, by the one formula. */
export type AvailabilitySupplyArgs = {
  first?: Scalars['Int']['input'];
};

/** Stock that is to come. */
export type DatedSupply = {
  readonly __typename?: 'DatedSupply';
  /** Why it is to come. */
  readonly kind: SupplyKind;
  /** From when it may be there; null when nobody has said. */
  readonly fromAt: Maybe<Scalars['DateTime']['output']>;
  /** How much; null for a channel that tells bands only. */
  readonly quantity: Maybe<Scalars['Quantity']['output']>;
  /** Where. */
  readonly location: Location;
  /** The transfer, or the purchase order or notice of the supplier; null when the token does not allow explanations. */
  readonly document: Maybe<Scalars['ID']['output']>;
};

/** Why stock is to come. */
export type SupplyKind =
  /** It is on its way from another location. */
  | 'IN_TRANSIT'
  /** It was ordered from a supplier or announced by one. */
  | 'ON_ORDER';

/** Goods that go from one location to another. */
export type Transfer = {
  readonly __typename?: 'Transfer';
  /** Given by the hub, or the document number of the system that told it. */
  readonly id: Scalars['ID']['output'];
  /** Who gives; null while a receipt is known and its shipment is not. */
  readonly from: Maybe<Location>;
  /** Who takes. */
  readonly to: Location;
  /** How far it has come. */
  readonly status: TransferStatus;
  /** When it was requested, or first told. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** When it should arrive; null when nobody has said. */
  readonly expectedAt: Maybe<Scalars['DateTime']['output']>;
  /** What it consists of; at most 5,000. */
  readonly lines: ReadonlyArray<TransferLine>;
};

/** One SKU of a transfer. Shipped is received, in transit and lost together. */
export type TransferLine = {
  readonly __typename?: 'TransferLine';
  /** Its name within the transfer. */
  readonly id: Scalars['ID']['output'];
  /** What; null while what is asked of it cannot be answered. */
  readonly sku: Maybe<Sku>;
  /** How much was requested; nothing for goods that came along unasked. */
  readonly quantity: Scalars['Quantity']['output'];
  /** How much has left. */
  readonly shipped: Scalars['Quantity']['output'];
  /** How much has arrived. */
  readonly received: Scalars['Quantity']['output'];
  /** How much was given up. */
  readonly lost: Scalars['Quantity']['output'];
  /** How much is on its way. Negative when more arrived than is known to have left. */
  readonly inTransit: Scalars['Quantity']['output'];
};

/** How far a transfer has come. */
export type TransferStatus =
  /** Requested; claims nothing yet. */
  | 'DRAFT'
  /** Claims its stock at the source. */
  | 'APPROVED'
  /** Picked, and ready to leave. */
  | 'READY'
  /** All or a part has left and nothing has arrived. */
  | 'IN_TRANSIT'
  /** A part has arrived or is given up, and more is to come. */
  | 'PARTIALLY_RECEIVED'
  /** All that left has arrived or is given up. */
  | 'RECEIVED'
  /** Given up before anything left. */
  | 'CANCELLED';

/** Where goods lie within a location. */
export type StockBucket =
  /** Fit for sale. */
  | 'SELLABLE'
  /** Waiting for a quality decision. */
  | 'QC_HOLD'
  /** Returned and not yet inspected. */
  | 'RETURN_PENDING'
  /** Not fit for sale. */
  | 'DAMAGED'
  /** Withdrawn from sale: recall or legal. */
  | 'QUARANTINE'
  /** Not found when it was to be picked; a recount is due. */
  | 'SUSPECT';

/** A page of transfers. */
export type TransferConnection = {
  readonly __typename?: 'TransferConnection';
  /** The transfers with the cursors to page by. */
  readonly edges: ReadonlyArray<TransferEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** A transfer in a list. */
export type TransferEdge = {
  readonly __typename?: 'TransferEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The transfer. */
  readonly node: Transfer;
};

/** Goods that a location asks of another one. */
export type RequestTransferInput = {
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Who gives. */
  readonly from: Scalars['ID']['input'];
  /** Who takes. */
  readonly to: Scalars['ID']['input'];
  /** When it should arrive. */
  readonly expectedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** 1 to 500 lines. */
  readonly lines: ReadonlyArray<TransferLineInput>;
};

/** One SKU of a transfer. */
export type TransferLineInput = {
  /** What. */
  readonly sku: Scalars['ID']['input'];
  /** How much, more than nothing. */
  readonly quantity: Scalars['Quantity']['input'];
  /** The unit of the quantity; absent: the base unit. */
  readonly unit?: InputMaybe<Scalars['String']['input']>;
  /** Of a SKU that is tracked by lots: which left or was lost; absent: units of no known lot. A request names none. */
  readonly lot?: InputMaybe<Scalars['String']['input']>;
  /** Of a SKU that is tracked by serial numbers: one for each unit; at most 500. A request names none. */
  readonly serials?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** A transfer that is to be approved, staged or cancelled. */
export type AdvanceTransferInput = {
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Which. */
  readonly transfer: Scalars['ID']['input'];
};

/** Goods of a transfer that have left. */
export type ShipTransferInput = {
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Which. */
  readonly transfer: Scalars['ID']['input'];
  /** When they left; it may be long ago. */
  readonly occurredAt: Scalars['DateTime']['input'];
  /** When they should arrive; absent: as it was. */
  readonly expectedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Nothing more will follow: what was approved beyond it is free again. */
  readonly isFinal?: Scalars['Boolean']['input'];
  /** 1 to 500 lines. */
  readonly lines: ReadonlyArray<TransferLineInput>;
};

/** Goods of a transfer that have arrived. */
export type ReceiveTransferInput = {
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Which. */
  readonly transfer: Scalars['ID']['input'];
  /** When they arrived; it may be long ago. */
  readonly occurredAt: Scalars['DateTime']['input'];
  /** 1 to 500 lines. */
  readonly lines: ReadonlyArray<ReceiveTransferLineInput>;
};

/** One SKU that has arrived. */
export type ReceiveTransferLineInput = {
  /** What. */
  readonly sku: Scalars['ID']['input'];
  /** How much, more than nothing; it may be more than was sent. */
  readonly quantity: Scalars['Quantity']['input'];
  /** The unit of the quantity; absent: the base unit. */
  readonly unit?: InputMaybe<Scalars['String']['input']>;
  /** Of a SKU that is tracked by lots: which. */
  readonly lot?: InputMaybe<Scalars['String']['input']>;
  /** The day on the label of the lot, such as 2027-01-31. */
  readonly expiresOn?: InputMaybe<Scalars['String']['input']>;
  /** Of a SKU that is tracked by serial numbers: one for each unit; at most 500. */
  readonly serials?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Where it was put. */
  readonly bucket?: StockBucket;
};

/** Goods of a transfer that are given up. */
export type LoseTransferInput = {
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Which. */
  readonly transfer: Scalars['ID']['input'];
  /** When it was found out; it may be long ago. */
  readonly occurredAt: Scalars['DateTime']['input'];
  /** 1 to 500 lines. */
  readonly lines: ReadonlyArray<TransferLineInput>;
};

/** What came of a change of a transfer. */
export type TransferPayload = {
  readonly __typename?: 'TransferPayload';
  /** As it is now. */
  readonly transfer: Transfer;
  /** The change that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** Goods that were held, of which it is settled what becomes of them; all lines or none. */
export type DisposeStockInput = {
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Where they lie. */
  readonly location: Scalars['ID']['input'];
  /** When it happened; it may be long ago. */
  readonly occurredAt: Scalars['DateTime']['input'];
  /** 1 to 500 lines. */
  readonly lines: ReadonlyArray<DisposeStockLineInput>;
};

/** One SKU of which it is settled what becomes of it. */
export type DisposeStockLineInput = {
  /** What. */
  readonly sku: Scalars['ID']['input'];
  /** How much, more than nothing; at most what lies there. */
  readonly quantity: Scalars['Quantity']['input'];
  /** The unit of the quantity; absent: the base unit. */
  readonly unit?: InputMaybe<Scalars['String']['input']>;
  /** Of a SKU that is tracked by lots: which; absent: units of no known lot. */
  readonly lot?: InputMaybe<Scalars['String']['input']>;
  /** Of a SKU that is tracked by serial numbers: one for each unit; at most 500. */
  readonly serials?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Where it lies; every bucket but SELLABLE. */
  readonly from: StockBucket;
  /** What becomes of it. */
  readonly to: DisposalPlace;
  /** Why. */
  readonly reason: MovementReason;
};

/** Where goods go that were held. */
export type DisposalPlace =
  /** Back on the shelf. */
  | 'SELLABLE'
  /** Set apart as not fit for sale. */
  | 'DAMAGED'
  /** Set apart by recall or law, or to go back to the supplier. */
  | 'QUARANTINE'
  /** Back to the supplier. */
  | 'SUPPLIER'
  /** Gone: destroyed, donated, missing. */
  | 'SHRINK';

/** Why stock moved. */
export type MovementReason =
  /** Sold. */
  | 'SALE'
  /** Brought back. */
  | 'RETURN'
  /** Delivered. */
  | 'RECEIPT'
  /** Moved between locations. */
  | 'TRANSFER'
  /** Sent to a customer. */
  | 'SHIP'
  /** Counted in part. */
  | 'CYCLE_COUNT'
  /** Counted as a whole. */
  | 'FULL_COUNT'
  /** Damaged. */
  | 'DAMAGE'
  /** Stolen. */
  | 'THEFT'
  /** Lost. */
  | 'LOST'
  /** Found. */
  | 'FOUND'
  /** Used as a sample. */
  | 'SAMPLE'
  /** Given away in a promotion. */
  | 'PROMOTION'
  /** Donated. */
  | 'DONATION'
  /** Past its date. */
  | 'EXPIRED'
  /** Recalled. */
  | 'RECALL'
  /** Sent by mistake. */
  | 'MISSHIP_OUT'
  /** Received by mistake. */
  | 'MISSHIP_IN'
  /** Not found when it was to be picked. */
  | 'SHORT_PICK'
  /** Failed a quality check. */
  | 'QC_FAIL'
  /** Passed a quality check. */
  | 'QC_PASS'
  /** Was counted in another unit. */
  | 'UOM_CORRECTION'
  /** Brought into line with another system. */
  | 'SYSTEM_RECONCILE'
  /** Taken over from another system. */
  | 'MIGRATION';

/** What came of disposing. */
export type DisposeStockPayload = {
  readonly __typename?: 'DisposeStockPayload';
  /** The positions as they are now, in the order of the lines. */
  readonly positions: ReadonlyArray<InventoryPosition>;
  /** The change that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** What one location may contribute to a channel. */
export type NodeAvailability = {
  readonly __typename?: 'NodeAvailability';
  /** The location. */
  readonly location: Location;
  /** What may be promised from it; null when the channel tells bands only. */
  readonly available: Maybe<Scalars['Quantity']['output']>;
  /** The same, coarse. */
  readonly band: AvailabilityBand;
};

/** One term of the availability formula. */
export type AvailabilityTerm = {
  readonly __typename?: 'AvailabilityTerm';
  /** Which term. */
  readonly kind: AvailabilityTermKind;
  /** The location that it belongs to; null for a term of the whole network. */
  readonly location: Maybe<Location>;
  /** Signed: what it adds or takes away. */
  readonly quantity: Scalars['Quantity']['output'];
  /** When the figure behind it last changed; null when it never did. */
  readonly changedAt: Maybe<Scalars['DateTime']['output']>;
};

/** The terms of the availability formula. */
export type AvailabilityTermKind =
  /** Physically there and fit for sale. */
  | 'SELLABLE'
  /** Bound to order lines. */
  | 'ALLOCATED'
  /** Reserved at this location. */
  | 'SOFT_RESERVED'
  /** Kept back as safety stock. */
  | 'SAFETY'
  /** Kept back while the feed of the location is stale. */
  | 'STALE_BUFFER'
  /** A location whose terms sum to less than nothing counts as nothing; this gives the difference back. */
  | 'FLOOR'
  /** Accepted demand that has no location yet, of every network that shares one with this. */
  | 'UNSOURCED'
  /** Kept back for the whole network. */
  | 'THRESHOLD'
  /** Unsold stock dedicated to other channels. */
  | 'OTHER_QUOTA'
  /** Promises beyond what is there, to be sourced again. */
  | 'OVERSOLD'
  /** May be sold beyond stock by the sell policy. */
  | 'EXTRA'
  /** What the scarcest component of a kit allows; a kit has no other terms. */
  | 'COMPONENTS';

/** The stock of a SKU at a location. Buckets are physical, claims are promises on SELLABLE. */
export type InventoryPosition = {
  readonly __typename?: 'InventoryPosition';
  /** What; null while what is asked of it cannot be answered. */
  readonly sku: Maybe<Sku>;
  /** Where. */
  readonly location: Location;
  /** All physical buckets together. */
  readonly onHand: Scalars['Quantity']['output'];
  /** Fit for sale. Negative when more was taken than was recorded to be there. */
  readonly sellable: Scalars['Quantity']['output'];
  /** Waiting for a quality decision. */
  readonly qcHold: Scalars['Quantity']['output'];
  /** Returned and not yet inspected. */
  readonly returnPending: Scalars['Quantity']['output'];
  /** Not fit for sale. */
  readonly damaged: Scalars['Quantity']['output'];
  /** Withdrawn from sale: recall or legal. */
  readonly quarantine: Scalars['Quantity']['output'];
  /** Not found when it was to be picked; a recount is due. */
  readonly suspect: Scalars['Quantity']['output'];
  /** Reserved here without an order line yet. */
  readonly softReserved: Scalars['Quantity']['output'];
  /** Bound to order lines. */
  readonly allocated: Scalars['Quantity']['output'];
  /** The part of allocated that is already picked. */
  readonly picked: Scalars['Quantity']['output'];
  /** Ordered from suppliers or announced by them, and not received yet; no part of onHand. */
  readonly onOrder: Scalars['Quantity']['output'];
  /** On its way from other locations; no part of onHand. */
  readonly inTransitIn: Scalars['Quantity']['output'];
  /** The lots that it consists of, those that expire first; null when the SKU is not tracked by lots, and of the past. */
  readonly lots: Maybe<PositionLotConnection>;
  /** The serial numbers that lie there, in their order; null when the SKU is not tracked by them, and of the past. */
  readonly serials: Maybe<PositionSerialConnection>;
  /** What of it goes with no lot or serial number that was told; negative where more is known than is there. Null when the SKU is not tracked, and of the past. */
  readonly unidentified: Maybe<StockByBucket>;
  /** What makes up onOrder and inTransitIn, the earliest first; without a date last. */
  readonly supply: ReadonlyArray<DatedSupply>;
  /** What happened to it, the newest first: movements and claims with the running balance, who told them and why. */
  readonly history: PositionHistoryConnection;
  /** Bins as the warehouse tells them. Null for a location without bins, or while its warehouse system is away. */
  readonly bins: Maybe<ReadonlyArray<BinStock>>;
  /** The change that this answer includes. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};


/** The stock of a SKU at a location. Buckets are physical, claims are promises on SELLABLE. */
export type InventoryPositionLotsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** The stock of a SKU at a location. Buckets are physical, claims are promises on SELLABLE. */
export type InventoryPositionSerialsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** The stock of a SKU at a location. Buckets are physical, claims are promises on SELLABLE. */
export type InventoryPositionSupplyArgs = {
  first?: Scalars['Int']['input'];
};


/** The stock of a SKU at a location. Buckets are physical, claims are promises on SELLABLE. */
export type InventoryPositionHistoryArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A quantity in each physical bucket. */
export type StockByBucket = {
  readonly __typename?: 'StockByBucket';
  /** All of them together. */
  readonly onHand: Scalars['Quantity']['output'];
  /** Fit for sale. */
  readonly sellable: Scalars['Quantity']['output'];
  /** Waiting for a quality decision. */
  readonly qcHold: Scalars['Quantity']['output'];
  /** Returned and not yet inspected. */
  readonly returnPending: Scalars['Quantity']['output'];
  /** Not fit for sale. */
  readonly damaged: Scalars['Quantity']['output'];
  /** Withdrawn from sale: recall or legal. */
  readonly quarantine: Scalars['Quantity']['output'];
  /** Not found when it was to be picked; a recount is due. */
  readonly suspect: Scalars['Quantity']['output'];
};

/** A page of the lots of a position. */
export type PositionLotConnection = {
  readonly __typename?: 'PositionLotConnection';
  /** The lots with the cursors to page by. */
  readonly edges: ReadonlyArray<PositionLotEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** A lot in a list. */
export type PositionLotEdge = {
  readonly __typename?: 'PositionLotEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The lot. */
  readonly node: PositionLot;
};

/** What lies of one lot at a location. */
export type PositionLot = {
  readonly __typename?: 'PositionLot';
  /** Its name, as on the label. */
  readonly lot: Scalars['String']['output'];
  /** The day on its label, such as 2027-01-31; null: nobody has told it. Goods that have expired are sold until somebody moves them out of what is fit for sale. */
  readonly expiresOn: Maybe<Scalars['String']['output']>;
  /** How much; negative where more of the lot was taken than was told to have come. */
  readonly stock: StockByBucket;
};

/** A page of the serial numbers of a position. */
export type PositionSerialConnection = {
  readonly __typename?: 'PositionSerialConnection';
  /** The serial numbers with the cursors to page by. */
  readonly edges: ReadonlyArray<PositionSerialEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** A serial number in a list. */
export type PositionSerialEdge = {
  readonly __typename?: 'PositionSerialEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The unit. */
  readonly node: SerialStock;
};

/** Where one unit of a SKU that is tracked by serial numbers was last seen. */
export type SerialStock = {
  readonly __typename?: 'SerialStock';
  /** What; null while what is asked of it cannot be answered. */
  readonly sku: Maybe<Sku>;
  /** Its serial number. */
  readonly serial: Scalars['String']['output'];
  /** Where it lies, or lay last; null when it was never told to be at a location. */
  readonly location: Maybe<Location>;
  /** Which bucket it lies in; null when it is not there any more. */
  readonly bucket: Maybe<StockBucket>;
  /** Where it went: a customer, a supplier, a transfer, or out of the books. Null while it lies somewhere, and when a count did not find it. */
  readonly gone: Maybe<LocationType>;
  /** When that happened which brought it there. */
  readonly sinceAt: Scalars['DateTime']['output'];
  /** The order, return, transfer or receipt that it went with. */
  readonly document: Maybe<Scalars['String']['output']>;
};

/** A page of the history of a position. */
export type PositionHistoryConnection = {
  readonly __typename?: 'PositionHistoryConnection';
  /** The changes with the cursors to page by. */
  readonly edges: ReadonlyArray<PositionHistoryEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
  /** True in general: pages lead back to the very first change. False on a last page that does not begin with nothing. */
  readonly isComplete: Scalars['Boolean']['output'];
};

/** A change of a position in a list. */
export type PositionHistoryEdge = {
  readonly __typename?: 'PositionHistoryEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The change. */
  readonly node: PositionHistoryEntry;
};

/** A change of a position, and the position after it. */
export type PositionHistoryEntry = {
  readonly __typename?: 'PositionHistoryEntry';
  /** A movement kind, or RESERVE, CANCEL, EXPIRE, CONVERT, ALLOCATE, DEALLOCATE, SHIP_ALLOCATED or PICK. */
  readonly kind: Scalars['String']['output'];
  /** Why: the reason of a movement, the kind of a reservation; null when nobody says. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** How much was moved or claimed; unsigned. */
  readonly quantity: Scalars['Quantity']['output'];
  /** What it added and took away. */
  readonly change: PositionBalance;
  /** The position after it. */
  readonly balance: PositionBalance;
  /** The system that told it; null for what the hub decided. */
  readonly source: Maybe<Scalars['String']['output']>;
  /** The id of the message within its system; null for what the hub decided. */
  readonly eventId: Maybe<Scalars['String']['output']>;
  /** The order, return, receipt or owner that it belongs to; null when there is none. */
  readonly document: Maybe<Scalars['String']['output']>;
  /** Of which lot it was, when the SKU is tracked by lots and somebody told it. */
  readonly lot: Maybe<Scalars['String']['output']>;
  /** The serial numbers that were told, when the SKU is tracked by them; empty otherwise. */
  readonly serials: ReadonlyArray<Scalars['String']['output']>;
  /** When it happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When the hub made it durable. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The change that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** Figures of a position, or their differences. */
export type PositionBalance = {
  readonly __typename?: 'PositionBalance';
  /** All physical buckets together. */
  readonly onHand: Scalars['Quantity']['output'];
  /** Fit for sale. */
  readonly sellable: Scalars['Quantity']['output'];
  /** Reserved here without an order line yet. */
  readonly softReserved: Scalars['Quantity']['output'];
  /** Bound to order lines. */
  readonly allocated: Scalars['Quantity']['output'];
};

/** What lies in one bin, as the warehouse system tells it. */
export type BinStock = {
  readonly __typename?: 'BinStock';
  /** The address of the bin. */
  readonly bin: Scalars['String']['output'];
  /** What lies there. */
  readonly quantity: Scalars['Quantity']['output'];
  /** The warehouse system's own word for its condition. */
  readonly status: Scalars['String']['output'];
};

/** A claim on stock that is no allocation yet. */
export type Reservation = {
  readonly __typename?: 'Reservation';
  /** Given by the hub. */
  readonly id: Scalars['ID']['output'];
  /** What is claimed; null while what is asked of it cannot be answered. */
  readonly sku: Maybe<Sku>;
  /** How much. */
  readonly quantity: Scalars['Quantity']['output'];
  /** Of the quantity, what is sold beyond stock by the sell policy and still owed. */
  readonly backordered: Scalars['Quantity']['output'];
  /** Why it is claimed. */
  readonly kind: ReservationKind;
  /** Who would sell it. */
  readonly channel: Scalars['ID']['output'];
  /** The location that it binds; null when the network as a whole has to serve it. */
  readonly location: Maybe<Location>;
  /** Whether it still claims anything. */
  readonly status: ReservationStatus;
  /** When it ends by itself; null when it does not. */
  readonly expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** 0 to 9: where less is left than is promised, the lowest is named first to be sourced again. */
  readonly priority: Scalars['Int']['output'];
};

/** Why stock is claimed. */
export type ReservationKind =
  /** Lies in a cart. */
  | 'CART'
  /** The customer is paying. */
  | 'CHECKOUT'
  /** A marketplace order that is not paid yet. */
  | 'MARKETPLACE_UNPAID'
  /** To be collected at a store. */
  | 'PICKUP'
  /** Belongs to an accepted order. */
  | 'ORDER'
  /** To be moved to another location. */
  | 'TRANSFER'
  /** Kept back by a person. */
  | 'MANUAL';

/** Whether a reservation still claims anything. */
export type ReservationStatus =
  /** Claims stock. */
  | 'ACTIVE'
  /** Became an allocation. */
  | 'CONVERTED'
  /** Given up. */
  | 'CANCELLED'
  /** Ended by itself. */
  | 'EXPIRED';

/** Stock to be claimed, all lines or none. */
export type ReserveStockInput = {
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Who would sell it. */
  readonly channel: Scalars['ID']['input'];
  /** Why. Customers may say CART, CHECKOUT or PICKUP; ORDER is for placing an order alone. */
  readonly kind?: ReservationKind;
  /** Bind this location; absent: any of the channel's network. */
  readonly location?: InputMaybe<Scalars['ID']['input']>;
  /** 1 to 200 lines. */
  readonly lines: ReadonlyArray<ReserveStockLineInput>;
  /** How long it lasts, 1,000 to 604,800,000; absent: by its kind. */
  readonly ttlMs?: InputMaybe<Scalars['SafeInteger']['input']>;
  /** 0 to 9, see Reservation.priority; absent: by its kind. For staff alone. */
  readonly priority?: InputMaybe<Scalars['Int']['input']>;
};

/** One line to be claimed. */
export type ReserveStockLineInput = {
  /** What. */
  readonly sku: Scalars['ID']['input'];
  /** How much, more than nothing. */
  readonly quantity: Scalars['Quantity']['input'];
  /** The unit of the quantity, a pack included; absent: the base unit. What is no whole step is refused. */
  readonly unit?: InputMaybe<Scalars['String']['input']>;
};

/** What came of a claim. */
export type ReserveStockPayload = {
  readonly __typename?: 'ReserveStockPayload';
  /** In the order of the lines. */
  readonly reservations: ReadonlyArray<Reservation>;
  /** The change that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** A reservation to be given up. */
export type CancelReservationInput = {
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Which. */
  readonly reservation: Scalars['ID']['input'];
};

/** What came of giving up. */
export type CancelReservationPayload = {
  readonly __typename?: 'CancelReservationPayload';
  /** As it is now. */
  readonly reservation: Reservation;
  /** The change that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** A reservation that is to last for longer. */
export type ExtendReservationInput = {
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Which. */
  readonly reservation: Scalars['ID']['input'];
  /** How long from now, 1,000 to 604,800,000, and never shorter than before; absent: by its kind. */
  readonly ttlMs?: InputMaybe<Scalars['SafeInteger']['input']>;
};

/** What came of extending. */
export type ExtendReservationPayload = {
  readonly __typename?: 'ExtendReservationPayload';
  /** As it is now. */
  readonly reservation: Reservation;
  /** The change that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** Kinds of rules that bend availability. A rule of the most specific scope wins: SKU before location before channel. */
export type AvailabilityRuleKind =
  /** Kept back at a location; takes `quantity`. */
  | 'SAFETY_QUANTITY'
  /** Kept back at a location, of what is free after claims; takes `basisPoints`. The larger of both safeties holds. */
  | 'SAFETY_PERCENT'
  /** Kept back from a channel as a whole; takes `quantity`. */
  | 'THRESHOLD'
  /**
   * Kept back for a channel from all others that share its stock, less what the channel has sold since; takes `quantity`.
   * Setting it again dedicates as much anew.
   */
  | 'QUOTA'
  /** The most that a channel shows and sells at a time; takes `quantity`. */
  | 'CAP'
  /** Whether a location takes part in a channel; takes `isOn`. */
  | 'PARTICIPATION'
  /** Whether a SKU is sold by a channel; takes `isOn`. */
  | 'SELLABLE'
  /** Kept back at a location while its feed is stale; takes `quantity`. */
  | 'STALE_BUFFER'
  /** What may be sold beyond stock; takes `sellPolicy`. */
  | 'SELL_POLICY';

/** What may be sold beyond stock. */
export type SellPolicyMode =
  /** Nothing. */
  | 'DENY'
  /** Up to a limit of units that are not there yet. */
  | 'BACKORDER'
  /** Up to a limit, and to what is expected. */
  | 'PREORDER';

/** What may be sold beyond stock, and how much. */
export type SellPolicy = {
  readonly __typename?: 'SellPolicy';
  /** In which way. */
  readonly mode: SellPolicyMode;
  /** The most that may be owed at a time; null with DENY. */
  readonly limit: Maybe<Scalars['Quantity']['output']>;
  /** PREORDER: how far ahead expected supply counts. */
  readonly horizonMs: Maybe<Scalars['SafeInteger']['output']>;
  /** PREORDER: the part of the expected supply that may be promised, in hundredths of a percent. */
  readonly confidenceBasisPoints: Maybe<Scalars['Int']['output']>;
  /** PREORDER: nothing of it leaves before; null: it leaves as soon as it is there. */
  readonly shipsAt: Maybe<Scalars['DateTime']['output']>;
};

/** What may be sold beyond stock, and how much. */
export type SellPolicyInput = {
  /** In which way. */
  readonly mode: SellPolicyMode;
  /** The most that may be owed at a time; with BACKORDER and PREORDER. */
  readonly limit?: InputMaybe<Scalars['Quantity']['input']>;
  /** With PREORDER: how far ahead expected supply counts, at most 366 days. */
  readonly horizonMs?: InputMaybe<Scalars['SafeInteger']['input']>;
  /** With PREORDER: the part of the expected supply that may be promised, 0 to 10,000 hundredths of a percent. */
  readonly confidenceBasisPoints?: InputMaybe<Scalars['Int']['input']>;
  /** With PREORDER: nothing of it leaves before, not even what is in stock; absent: it leaves as soon as it is there. */
  readonly shipsAt?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A rule that bends availability. What its scope leaves open holds everywhere. */
export type AvailabilityRule = {
  readonly __typename?: 'AvailabilityRule';
  /** Which kind; it says which of the values is there. */
  readonly kind: AvailabilityRuleKind;
  /** The SKU that it is for. */
  readonly sku: Maybe<Scalars['ID']['output']>;
  /** The location that it is for. */
  readonly location: Maybe<Scalars['ID']['output']>;
  /** The channel that it is for. */
  readonly channel: Maybe<Scalars['ID']['output']>;
  /** Of kinds that take a quantity. */
  readonly quantity: Maybe<Scalars['Quantity']['output']>;
  /** Of SAFETY_PERCENT: hundredths of a percent. */
  readonly basisPoints: Maybe<Scalars['Int']['output']>;
  /** Of PARTICIPATION and SELLABLE. */
  readonly isOn: Maybe<Scalars['Boolean']['output']>;
  /** Of SELL_POLICY. */
  readonly sellPolicy: Maybe<SellPolicy>;
  /** True where a version takes the rule away. */
  readonly isRemoved: Scalars['Boolean']['output'];
  /** The version that set it. */
  readonly version: Scalars['Int']['output'];
  /** Since when it holds, or will. */
  readonly effectiveAt: Scalars['DateTime']['output'];
};

/** One rule to be set or removed. Setting it replaces the rule of its kind in the very same scope. */
export type AvailabilityRuleInput = {
  /** Which kind; it says which one of the values is needed. */
  readonly kind: AvailabilityRuleKind;
  /** Only this SKU. */
  readonly sku?: InputMaybe<Scalars['ID']['input']>;
  /** Only this location; not for THRESHOLD, QUOTA, CAP, SELLABLE and SELL_POLICY. */
  readonly location?: InputMaybe<Scalars['ID']['input']>;
  /** Only this channel; needed by QUOTA, not for STALE_BUFFER. */
  readonly channel?: InputMaybe<Scalars['ID']['input']>;
  /** Zero or more; a multiple of the step when the rule is for one SKU. Where it is not, it is rounded to the careful side. */
  readonly quantity?: InputMaybe<Scalars['Quantity']['input']>;
  /** 0 to 10,000. */
  readonly basisPoints?: InputMaybe<Scalars['Int']['input']>;
  /** For PARTICIPATION and SELLABLE. */
  readonly isOn?: InputMaybe<Scalars['Boolean']['input']>;
  /** For SELL_POLICY. */
  readonly sellPolicy?: InputMaybe<SellPolicyInput>;
  /** Take the rule away instead of setting it. */
  readonly isRemoved?: Scalars['Boolean']['input'];
};

/** A change of availability rules, all or none. */
export type ChangeAvailabilityRulesInput = {
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** When it takes effect, at most 366 days ahead; absent, or an instant that has passed: at once. */
  readonly effectiveAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only tell what it would do, and change nothing. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /** 1 to 500 rules. */
  readonly rules: ReadonlyArray<AvailabilityRuleInput>;
};

/** What came of a change of rules. */
export type ChangeAvailabilityRulesPayload = {
  readonly __typename?: 'ChangeAvailabilityRulesPayload';
  /** The version that it became; null for a dry run. */
  readonly version: Maybe<AvailabilityRuleVersion>;
  /** When it takes, or would take, effect. */
  readonly effectiveAt: Scalars['DateTime']['output'];
  /** What it does to availability, as if it took effect now. */
  readonly impact: AvailabilityImpact;
  /** The change that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** What a change of rules does to availability. */
export type AvailabilityImpact = {
  readonly __typename?: 'AvailabilityImpact';
  /** The largest losses first; at most 100. */
  readonly changes: ReadonlyArray<AvailabilityImpactChange>;
  /** Pairs of SKU and channel whose availability changes. */
  readonly changedCount: Scalars['Int']['output'];
  /** Of them, those that fall. */
  readonly fallenCount: Scalars['Int']['output'];
  /** Of them, those that fall to nothing. */
  readonly soldOutCount: Scalars['Int']['output'];
  /** SKUs that were looked at. */
  readonly examinedSkuCount: Scalars['Int']['output'];
  /** False when there was too much to look at everything; the counts are then of what was. */
  readonly isComplete: Scalars['Boolean']['output'];
};

/** The availability of a SKU in a channel before and after a change. */
export type AvailabilityImpactChange = {
  readonly __typename?: 'AvailabilityImpactChange';
  /** The SKU. */
  readonly sku: Maybe<Sku>;
  /** The channel. */
  readonly channel: Channel;
  /** Before. */
  readonly before: Scalars['Quantity']['output'];
  /** After. */
  readonly after: Scalars['Quantity']['output'];
};

/** A version of the availability rules: who changed what, and when. */
export type AvailabilityRuleVersion = {
  readonly __typename?: 'AvailabilityRuleVersion';
  /** Given by the hub. */
  readonly id: Scalars['ID']['output'];
  /** 1, 2, 3 and so on. */
  readonly number: Scalars['Int']['output'];
  /** Client and user of whoever changed them. */
  readonly changedBy: Scalars['String']['output'];
  /** When it was asked for. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** When it was, or is, to take effect. */
  readonly effectiveAt: Scalars['DateTime']['output'];
  /** Whether it has taken effect. */
  readonly isEffective: Scalars['Boolean']['output'];
  /** Who took it back before its time, and why; null when nobody did. Then it never takes effect. */
  readonly withdrawal: Maybe<AvailabilityRuleWithdrawal>;
  /** What it sets and removes. */
  readonly rules: ReadonlyArray<AvailabilityRule>;
};

/** That a planned version of the rules was taken back. */
export type AvailabilityRuleWithdrawal = {
  readonly __typename?: 'AvailabilityRuleWithdrawal';
  /** Client and user of whoever did it. */
  readonly withdrawnBy: Scalars['String']['output'];
  /** When. */
  readonly withdrawnAt: Scalars['DateTime']['output'];
  /** Why, in their words. */
  readonly reason: Scalars['String']['output'];
};

/** A planned version of the rules that is to be taken back. */
export type WithdrawAvailabilityRulesInput = {
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** The number of the version; its time must not have come. */
  readonly version: Scalars['Int']['input'];
  /** Why: 1 to 500 characters, kept with the version. */
  readonly reason: Scalars['String']['input'];
};

/** The version as it is now. */
export type WithdrawAvailabilityRulesPayload = {
  readonly __typename?: 'WithdrawAvailabilityRulesPayload';
  /** The version. */
  readonly version: AvailabilityRuleVersion;
  /** The change that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** A page of versions. */
export type AvailabilityRuleVersionConnection = {
  readonly __typename?: 'AvailabilityRuleVersionConnection';
  /** The versions with the cursors to page by. */
  readonly edges: ReadonlyArray<AvailabilityRuleVersionEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** A version in a list. */
export type AvailabilityRuleVersionEdge = {
  readonly __typename?: 'AvailabilityRuleVersionEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The version. */
  readonly node: AvailabilityRuleVersion;
};

/** Which system feeds a location. */
export type SetLocationFeedInput = {
  /** The location. */
  readonly location: Scalars['ID']['input'];
  /** The name under which its messages come in; absent: no lateness is watched. */
  readonly system?: InputMaybe<Scalars['String']['input']>;
  /** Stale when nothing is known of the time since then, 1,000 to 2,592,000,000; needed with a system. */
  readonly staleAfterMs?: InputMaybe<Scalars['SafeInteger']['input']>;
};

/** The location as it is now. */
export type SetLocationFeedPayload = {
  readonly __typename?: 'SetLocationFeedPayload';
  /** The location. */
  readonly location: Location;
  /** The change that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** A network to be registered, or to be given other locations. */
export type RegisterNetworkInput = {
  /** Its id. */
  readonly id: Scalars['ID']['input'];
  /** In the order of preference for sourcing; registered locations, at most 5,000. */
  readonly locations: ReadonlyArray<Scalars['ID']['input']>;
};

/** The network as it is now. */
export type RegisterNetworkPayload = {
  readonly __typename?: 'RegisterNetworkPayload';
  /** The network. */
  readonly network: Network;
  /** The change that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** A channel to be registered or changed. */
export type RegisterChannelInput = {
  /** Its id. */
  readonly id: Scalars['ID']['input'];
  /** Whose stock it sells from. */
  readonly network: Scalars['ID']['input'];
  /** What it sells in. */
  readonly currency: Scalars['CurrencyCode']['input'];
  /** What it tells its visitors. */
  readonly publishes?: AvailabilityDisclosure;
};

/** The channel as it is now. */
export type RegisterChannelPayload = {
  readonly __typename?: 'RegisterChannelPayload';
  /** The channel. */
  readonly channel: Channel;
  /** The change that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** Which positions are wanted. */
export type PositionFilterInput = {
  /** Only of SKUs of this category. */
  readonly category?: InputMaybe<Scalars['String']['input']>;
  /** Only those from which more was taken than was recorded to be there. */
  readonly isNegative?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only those that changed after this. */
  readonly changedSince?: InputMaybe<Scalars['ChangeCursor']['input']>;
};

/** How positions are sorted; positions with the same figure by SKU. */
export type PositionSortInput = {
  /** By which figure. */
  readonly by: PositionSortKey;
  /** In which direction. */
  readonly direction?: SortDirection;
};

/** Figures that positions are sorted by, in base units. */
export type PositionSortKey =
  /** All physical buckets together. */
  | 'ON_HAND'
  /** Fit for sale. */
  | 'SELLABLE';

/** A direction of sorting. */
export type SortDirection =
  /** The smallest first. */
  | 'ASC'
  /** The largest first. */
  | 'DESC';

/** A line of a cart. */
export type OfferLineInput = {
  /** What. */
  readonly sku: Scalars['ID']['input'];
  /** How much, more than nothing. */
  readonly quantity: Scalars['Quantity']['input'];
  /** The unit of the quantity; absent: the base unit. */
  readonly unit?: InputMaybe<Scalars['String']['input']>;
};

/** What can be offered for a cart, as of one change. */
export type Offers = {
  readonly __typename?: 'Offers';
  /** For each SKU of the cart, in the order in which they come first. */
  readonly lines: ReadonlyArray<OfferLine>;
  /** True when the channel may sell all of it now; where it is shipped from is decided later, maybe from several locations. */
  readonly canShip: Scalars['Boolean']['output'];
  /** Locations that could hand all of it over at their counter. */
  readonly pickupAt: ReadonlyArray<Location>;
  /** Stores and warehouses that could ship all of it by themselves. */
  readonly shipFrom: ReadonlyArray<Location>;
  /** The change that this answer includes. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** What can be offered of one SKU of a cart. */
export type OfferLine = {
  readonly __typename?: 'OfferLine';
  /** What; null while what is asked of it cannot be answered. */
  readonly sku: Maybe<Sku>;
  /** How much the cart holds of it altogether. */
  readonly quantity: Scalars['Quantity']['output'];
  /** True when the channel may sell that much. */
  readonly canShip: Scalars['Boolean']['output'];
  /** When enough of it is expected, if the channel may not sell that much now; null when it may, or when nobody has said. */
  readonly expectedAt: Maybe<Scalars['DateTime']['output']>;
  /** Locations that could hand that much over at their counter. */
  readonly pickupAt: ReadonlyArray<Location>;
  /** Stores and warehouses that could ship that much by themselves. */
  readonly shipFrom: ReadonlyArray<Location>;
};

/** A page of positions. */
export type InventoryPositionConnection = {
  readonly __typename?: 'InventoryPositionConnection';
  /** The positions with the cursors to page by. */
  readonly edges: ReadonlyArray<InventoryPositionEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** A position in a list. */
export type InventoryPositionEdge = {
  readonly __typename?: 'InventoryPositionEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The position. */
  readonly node: InventoryPosition;
};

/** Where a page lies in its list. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Whether more follow. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** The cursor of the last entry; null on an empty page. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
};

export type Query = {
  readonly __typename?: 'Query';
  /** What a channel may sell, in the order asked, null for a SKU that is not registered; at most 200 SKUs. */
  readonly availability: ReadonlyArray<Maybe<Availability>>;
  /**
   * What several channels may sell, for every SKU in the order asked and for each of them every channel in the order asked;
   * null for a SKU that is not registered. At most 200 SKUs and 2,000 answers, all as of the same change.
   */
  readonly availabilities: ReadonlyArray<Maybe<Availability>>;
  /**
   * What can be offered for a cart: for every line what may be shipped by the channel and what each location may hand over or
   * ship, the lines of one SKU counted together, and the ways in which the whole cart can be served.
   */
  readonly offers: Offers;
  /** What one location may contribute to a channel, in the order asked, null for a SKU that is not registered. */
  readonly nodeAvailability: ReadonlyArray<Maybe<NodeAvailability>>;
  /** Where a unit with this serial number is; null when nobody has told of it, or so long ago that it is forgotten. */
  readonly serial: Maybe<SerialStock>;
  /** The stock of a location, in the order of SKUs unless it is to be sorted by a figure. */
  readonly positions: InventoryPositionConnection;
  /** A location by its code; null when none is registered. */
  readonly location: Maybe<Location>;
  /** All real locations, in the order of their codes; at most 5,000. */
  readonly locations: ReadonlyArray<Location>;
  /** A channel by its id; null when none is registered. */
  readonly channel: Maybe<Channel>;
  /** All configured channels. */
  readonly channels: ReadonlyArray<Channel>;
  /** A transfer by its id; null when none is known any more, or when it concerns none of the caller's stores. */
  readonly transfer: Maybe<Transfer>;
  /** The transfers that leave from or go to a location, in the order of their ids. */
  readonly transfers: TransferConnection;
  /** The rules that hold for a place, one for each kind: those without a SKU, location or channel that is not named here. */
  readonly availabilityRules: ReadonlyArray<AvailabilityRule>;
  /** Every change of the rules, newest first, those to come included. */
  readonly availabilityRuleVersions: AvailabilityRuleVersionConnection;
  /** A reservation by its id; null when none is known any more. */
  readonly reservation: Maybe<Reservation>;
};


export type QueryAvailabilityArgs = {
  skus: ReadonlyArray<Scalars['ID']['input']>;
  channel: Scalars['ID']['input'];
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryAvailabilitiesArgs = {
  skus: ReadonlyArray<Scalars['ID']['input']>;
  channels: ReadonlyArray<Scalars['ID']['input']>;
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryOffersArgs = {
  channel: Scalars['ID']['input'];
  lines: ReadonlyArray<OfferLineInput>;
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryNodeAvailabilityArgs = {
  skus: ReadonlyArray<Scalars['ID']['input']>;
  channel: Scalars['ID']['input'];
  location: Scalars['ID']['input'];
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QuerySerialArgs = {
  sku: Scalars['ID']['input'];
  serial: Scalars['String']['input'];
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
};


export type QueryPositionsArgs = {
  location: Scalars['ID']['input'];
  skus?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  filter?: InputMaybe<PositionFilterInput>;
  sort?: InputMaybe<PositionSortInput>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryLocationArgs = {
  id: Scalars['ID']['input'];
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
};


export type QueryLocationsArgs = {
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
};


export type QueryChannelArgs = {
  id: Scalars['ID']['input'];
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
};


export type QueryChannelsArgs = {
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
};


export type QueryTransferArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTransfersArgs = {
  location: Scalars['ID']['input'];
  statuses?: InputMaybe<ReadonlyArray<TransferStatus>>;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
};


export type QueryAvailabilityRulesArgs = {
  sku?: InputMaybe<Scalars['ID']['input']>;
  channel?: InputMaybe<Scalars['ID']['input']>;
  location?: InputMaybe<Scalars['ID']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryAvailabilityRuleVersionsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryReservationArgs = {
  id: Scalars['ID']['input'];
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Claims stock, all lines or none. Refused with INSUFFICIENT_STOCK, which names what is available. */
  readonly reserveStock: ReserveStockPayload;
  /** Gives a claim up. */
  readonly cancelReservation: CancelReservationPayload;
  /** Lets a claim last for longer, within the lifetime of its kind; availability stays as it is. */
  readonly extendReservation: ExtendReservationPayload;
  /** Settles what becomes of goods that were held; never more than lie there. For the staff of the location. */
  readonly disposeStock: DisposeStockPayload;
  /** Asks for goods of another location; claims nothing yet. For the staff of either end. */
  readonly requestTransfer: TransferPayload;
  /** Claims all of it at the source, or is refused with INSUFFICIENT_STOCK. For the staff of the source. */
  readonly approveTransfer: TransferPayload;
  /** Says that all of it is picked and ready to leave. For the staff of the source. */
  readonly stageTransfer: TransferPayload;
  /** Says what has left; at most what was approved and is there. For the staff of the source. */
  readonly shipTransfer: TransferPayload;
  /** Says what has arrived. For the staff of the destination. */
  readonly receiveTransfer: TransferPayload;
  /** Gives up what is on its way; should it arrive after all, it is received as usual. For the staff of either end. */
  readonly loseTransfer: TransferPayload;
  /** Gives up what has not left. For the staff of either end. */
  readonly cancelTransfer: TransferPayload;
  /** Changes rules of availability, now or later, or only tells what that would do. Quantities and claims stay as they are. */
  readonly changeAvailabilityRules: ChangeAvailabilityRulesPayload;
  /** Takes a planned version back. Refused with RULE_VERSION_NOT_PLANNED when it has taken effect; then change the rules anew. */
  readonly withdrawAvailabilityRules: WithdrawAvailabilityRulesPayload;
  /** Says which system feeds a location and after what time without news it is stale. Idempotent. */
  readonly setLocationFeed: SetLocationFeedPayload;
  /** Registers a network or changes its locations. Idempotent. */
  readonly registerNetwork: RegisterNetworkPayload;
  /** Registers a channel or changes it. Idempotent. */
  readonly registerChannel: RegisterChannelPayload;
};


export type MutationReserveStockArgs = {
  input: ReserveStockInput;
};


export type MutationCancelReservationArgs = {
  input: CancelReservationInput;
};


export type MutationExtendReservationArgs = {
  input: ExtendReservationInput;
};


export type MutationDisposeStockArgs = {
  input: DisposeStockInput;
};


export type MutationRequestTransferArgs = {
  input: RequestTransferInput;
};


export type MutationApproveTransferArgs = {
  input: AdvanceTransferInput;
};


export type MutationStageTransferArgs = {
  input: AdvanceTransferInput;
};


export type MutationShipTransferArgs = {
  input: ShipTransferInput;
};


export type MutationReceiveTransferArgs = {
  input: ReceiveTransferInput;
};


export type MutationLoseTransferArgs = {
  input: LoseTransferInput;
};


export type MutationCancelTransferArgs = {
  input: AdvanceTransferInput;
};


export type MutationChangeAvailabilityRulesArgs = {
  input: ChangeAvailabilityRulesInput;
};


export type MutationWithdrawAvailabilityRulesArgs = {
  input: WithdrawAvailabilityRulesInput;
};


export type MutationSetLocationFeedArgs = {
  input: SetLocationFeedInput;
};


export type MutationRegisterNetworkArgs = {
  input: RegisterNetworkInput;
};


export type MutationRegisterChannelArgs = {
  input: RegisterChannelInput;
};

/** Changes of what a channel may sell. */
export type AvailabilityFrame = {
  readonly __typename?: 'AvailabilityFrame';
  /** Pass it as `after` to go on from here without a gap. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** True: forget what you know of this subscription, then apply the changes. */
  readonly reset: Scalars['Boolean']['output'];
  /** The newest value of each key that changed. */
  readonly changes: ReadonlyArray<AvailabilityChange>;
};

/** The availability of one SKU in one channel after a change. */
export type AvailabilityChange = {
  readonly __typename?: 'AvailabilityChange';
  /** Identifies what changed. */
  readonly key: Scalars['String']['output'];
  /** Never goes back for a key. */
  readonly version: Scalars['SafeInteger']['output'];
  /** True when the key has left what is subscribed to. */
  readonly deleted: Scalars['Boolean']['output'];
  /** What is sold; null while what is asked of it cannot be answered. */
  readonly sku: Maybe<Sku>;
  /** Who sells it. */
  readonly channel: Channel;
  /** The quantity that may be sold; null when the channel tells bands only, or when deleted. */
  readonly available: Maybe<Scalars['Quantity']['output']>;
  /** The same, coarse; null when deleted. */
  readonly band: Maybe<AvailabilityBand>;
};

/** Changes of what a location may contribute to a channel. */
export type NodeAvailabilityFrame = {
  readonly __typename?: 'NodeAvailabilityFrame';
  /** Pass it as `after` to go on from here without a gap. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** True: forget what you know of this subscription, then apply the changes. */
  readonly reset: Scalars['Boolean']['output'];
  /** The newest value of each key that changed. */
  readonly changes: ReadonlyArray<NodeAvailabilityChange>;
};

/** The availability of one SKU at one location for one channel after a change. */
export type NodeAvailabilityChange = {
  readonly __typename?: 'NodeAvailabilityChange';
  /** Identifies what changed. */
  readonly key: Scalars['String']['output'];
  /** Never goes back for a key. */
  readonly version: Scalars['SafeInteger']['output'];
  /** True when the key has left what is subscribed to. */
  readonly deleted: Scalars['Boolean']['output'];
  /** What is sold; null while what is asked of it cannot be answered. */
  readonly sku: Maybe<Sku>;
  /** Where it lies. */
  readonly location: Location;
  /** Who sells it. */
  readonly channel: Channel;
  /** What may be promised from there; null when the channel tells bands only, or when deleted. */
  readonly available: Maybe<Scalars['Quantity']['output']>;
  /** The same, coarse; null when deleted. */
  readonly band: Maybe<AvailabilityBand>;
};

/** Changes of the stock of a location. */
export type PositionFrame = {
  readonly __typename?: 'PositionFrame';
  /** Pass it as `after` to go on from here without a gap. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** True: forget what you know of this subscription, then apply the changes. */
  readonly reset: Scalars['Boolean']['output'];
  /** The newest value of each key that changed. */
  readonly changes: ReadonlyArray<PositionChange>;
};

/** The stock of one SKU at one location after a change. Quantities are null when deleted. */
export type PositionChange = {
  readonly __typename?: 'PositionChange';
  /** Identifies what changed. */
  readonly key: Scalars['String']['output'];
  /** Never goes back for a key. */
  readonly version: Scalars['SafeInteger']['output'];
  /** True when the key has left what is subscribed to. */
  readonly deleted: Scalars['Boolean']['output'];
  /** What; null while what is asked of it cannot be answered. */
  readonly sku: Maybe<Sku>;
  /** Where. */
  readonly location: Location;
  /** All physical buckets together. */
  readonly onHand: Maybe<Scalars['Quantity']['output']>;
  /** Fit for sale. */
  readonly sellable: Maybe<Scalars['Quantity']['output']>;
  /** Waiting for a quality decision. */
  readonly qcHold: Maybe<Scalars['Quantity']['output']>;
  /** Returned and not yet inspected. */
  readonly returnPending: Maybe<Scalars['Quantity']['output']>;
  /** Not fit for sale. */
  readonly damaged: Maybe<Scalars['Quantity']['output']>;
  /** Withdrawn from sale. */
  readonly quarantine: Maybe<Scalars['Quantity']['output']>;
  /** Not found when it was to be picked. */
  readonly suspect: Maybe<Scalars['Quantity']['output']>;
  /** Reserved here without an order line yet. */
  readonly softReserved: Maybe<Scalars['Quantity']['output']>;
  /** Bound to order lines. */
  readonly allocated: Maybe<Scalars['Quantity']['output']>;
  /** The part of allocated that is already picked. */
  readonly picked: Maybe<Scalars['Quantity']['output']>;
  /** Ordered from suppliers or announced by them, and not received yet. */
  readonly onOrder: Maybe<Scalars['Quantity']['output']>;
  /** On its way from other locations. */
  readonly inTransitIn: Maybe<Scalars['Quantity']['output']>;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /** What a channel may sell: a snapshot, then every change. */
  readonly availabilityChanged: AvailabilityFrame;
  /** What one location may contribute to a channel: a snapshot, then every change. */
  readonly nodeAvailabilityChanged: NodeAvailabilityFrame;
  /** The stock of a location: a snapshot, then every change. */
  readonly positionChanged: PositionFrame;
};


export type SubscriptionAvailabilityChangedArgs = {
  channel: Scalars['ID']['input'];
  skus?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  categories?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  after?: InputMaybe<Scalars['ChangeCursor']['input']>;
  minIntervalMs?: InputMaybe<Scalars['Int']['input']>;
};


export type SubscriptionNodeAvailabilityChangedArgs = {
  channel: Scalars['ID']['input'];
  location: Scalars['ID']['input'];
  skus?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  categories?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  after?: InputMaybe<Scalars['ChangeCursor']['input']>;
  minIntervalMs?: InputMaybe<Scalars['Int']['input']>;
};


export type SubscriptionPositionChangedArgs = {
  location: Scalars['ID']['input'];
  skus?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  categories?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  after?: InputMaybe<Scalars['ChangeCursor']['input']>;
  minIntervalMs?: InputMaybe<Scalars['Int']['input']>;
};

export type Link__Purpose =
  /** `SECURITY` features provide metadata necessary to securely resolve fields. */
  | 'SECURITY'
  /** `EXECUTION` features provide metadata necessary for operation execution. */
  | 'EXECUTION';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Location: Location;
  Network: Network;
  Channel: Channel;
  Sku: Sku;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Location:
    ( { __typename: 'Location' }
    & GraphQLRecursivePick<FederationTypes['Location'], {"id":true}> );
  Network:
    ( { __typename: 'Network' }
    & GraphQLRecursivePick<FederationTypes['Network'], {"id":true}> );
  Channel:
    ( { __typename: 'Channel' }
    & GraphQLRecursivePick<FederationTypes['Channel'], {"id":true}> );
  Sku:
    ( { __typename: 'Sku' }
    & GraphQLRecursivePick<FederationTypes['Sku'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  _Entity:
    | ( ChannelModel )
    | ( LocationModel )
    | ( NetworkModel )
    | ( SkuModel )
  ;
};


/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Quantity: ResolverTypeWrapper<Scalars['Quantity']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  SafeInteger: ResolverTypeWrapper<Scalars['SafeInteger']['output']>;
  ChangeCursor: ResolverTypeWrapper<Scalars['ChangeCursor']['output']>;
  Location: ResolverTypeWrapper<LocationModel>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  LocationFeed: ResolverTypeWrapper<LocationFeed>;
  LocationType: LocationType;
  LocationCapability: LocationCapability;
  Network: ResolverTypeWrapper<NetworkModel>;
  Channel: ResolverTypeWrapper<ChannelModel>;
  AvailabilityDisclosure: AvailabilityDisclosure;
  AvailabilityBand: AvailabilityBand;
  Sku: ResolverTypeWrapper<SkuModel>;
  Availability: ResolverTypeWrapper<AvailabilityModel>;
  DatedSupply: ResolverTypeWrapper<DatedSupplyModel>;
  SupplyKind: SupplyKind;
  Transfer: ResolverTypeWrapper<TransferModel>;
  TransferLine: ResolverTypeWrapper<TransferLineModel>;
  TransferStatus: TransferStatus;
  StockBucket: StockBucket;
  TransferConnection: ResolverTypeWrapper<Omit<TransferConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['TransferEdge']> }>;
  TransferEdge: ResolverTypeWrapper<Omit<TransferEdge, 'node'> & { node: ResolversTypes['Transfer'] }>;
  RequestTransferInput: RequestTransferInput;
  TransferLineInput: TransferLineInput;
  AdvanceTransferInput: AdvanceTransferInput;
  ShipTransferInput: ShipTransferInput;
  ReceiveTransferInput: ReceiveTransferInput;
  ReceiveTransferLineInput: ReceiveTransferLineInput;
  LoseTransferInput: LoseTransferInput;
  TransferPayload: ResolverTypeWrapper<Omit<TransferPayload, 'transfer'> & { transfer: ResolversTypes['Transfer'] }>;
  DisposeStockInput: DisposeStockInput;
  DisposeStockLineInput: DisposeStockLineInput;
  DisposalPlace: DisposalPlace;
  MovementReason: MovementReason;
  DisposeStockPayload: ResolverTypeWrapper<Omit<DisposeStockPayload, 'positions'> & { positions: ReadonlyArray<ResolversTypes['InventoryPosition']> }>;
  NodeAvailability: ResolverTypeWrapper<NodeAvailabilityModel>;
  AvailabilityTerm: ResolverTypeWrapper<AvailabilityTermModel>;
  AvailabilityTermKind: AvailabilityTermKind;
  InventoryPosition: ResolverTypeWrapper<InventoryPositionModel>;
  StockByBucket: ResolverTypeWrapper<StockByBucket>;
  PositionLotConnection: ResolverTypeWrapper<PositionLotConnection>;
  PositionLotEdge: ResolverTypeWrapper<PositionLotEdge>;
  PositionLot: ResolverTypeWrapper<PositionLot>;
  PositionSerialConnection: ResolverTypeWrapper<Omit<PositionSerialConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['PositionSerialEdge']> }>;
  PositionSerialEdge: ResolverTypeWrapper<Omit<PositionSerialEdge, 'node'> & { node: ResolversTypes['SerialStock'] }>;
  SerialStock: ResolverTypeWrapper<SerialStockModel>;
  PositionHistoryConnection: ResolverTypeWrapper<Omit<PositionHistoryConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['PositionHistoryEdge']> }>;
  PositionHistoryEdge: ResolverTypeWrapper<Omit<PositionHistoryEdge, 'node'> & { node: ResolversTypes['PositionHistoryEntry'] }>;
  PositionHistoryEntry: ResolverTypeWrapper<PositionHistoryEntryModel>;
  PositionBalance: ResolverTypeWrapper<PositionBalance>;
  BinStock: ResolverTypeWrapper<BinStock>;
  Reservation: ResolverTypeWrapper<ReservationModel>;
  ReservationKind: ReservationKind;
  ReservationStatus: ReservationStatus;
  ReserveStockInput: ReserveStockInput;
  ReserveStockLineInput: ReserveStockLineInput;
  ReserveStockPayload: ResolverTypeWrapper<Omit<ReserveStockPayload, 'reservations'> & { reservations: ReadonlyArray<ResolversTypes['Reservation']> }>;
  CancelReservationInput: CancelReservationInput;
  CancelReservationPayload: ResolverTypeWrapper<Omit<CancelReservationPayload, 'reservation'> & { reservation: ResolversTypes['Reservation'] }>;
  ExtendReservationInput: ExtendReservationInput;
  ExtendReservationPayload: ResolverTypeWrapper<Omit<ExtendReservationPayload, 'reservation'> & { reservation: ResolversTypes['Reservation'] }>;
  AvailabilityRuleKind: AvailabilityRuleKind;
  SellPolicyMode: SellPolicyMode;
  SellPolicy: ResolverTypeWrapper<SellPolicy>;
  SellPolicyInput: SellPolicyInput;
  AvailabilityRule: ResolverTypeWrapper<AvailabilityRuleModel>;
  AvailabilityRuleInput: AvailabilityRuleInput;
  ChangeAvailabilityRulesInput: ChangeAvailabilityRulesInput;
  ChangeAvailabilityRulesPayload: ResolverTypeWrapper<Omit<ChangeAvailabilityRulesPayload, 'version' | 'impact'> & { version?: Maybe<ResolversTypes['AvailabilityRuleVersion']>, impact: ResolversTypes['AvailabilityImpact'] }>;
  AvailabilityImpact: ResolverTypeWrapper<Omit<AvailabilityImpact, 'changes'> & { changes: ReadonlyArray<ResolversTypes['AvailabilityImpactChange']> }>;
  AvailabilityImpactChange: ResolverTypeWrapper<AvailabilityImpactChangeModel>;
  AvailabilityRuleVersion: ResolverTypeWrapper<AvailabilityRuleVersionModel>;
  AvailabilityRuleWithdrawal: ResolverTypeWrapper<AvailabilityRuleWithdrawalModel>;
  WithdrawAvailabilityRulesInput: WithdrawAvailabilityRulesInput;
  WithdrawAvailabilityRulesPayload: ResolverTypeWrapper<Omit<WithdrawAvailabilityRulesPayload, 'version'> & { version: ResolversTypes['AvailabilityRuleVersion'] }>;
  AvailabilityRuleVersionConnection: ResolverTypeWrapper<Omit<AvailabilityRuleVersionConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['AvailabilityRuleVersionEdge']> }>;
  AvailabilityRuleVersionEdge: ResolverTypeWrapper<Omit<AvailabilityRuleVersionEdge, 'node'> & { node: ResolversTypes['AvailabilityRuleVersion'] }>;
  SetLocationFeedInput: SetLocationFeedInput;
  SetLocationFeedPayload: ResolverTypeWrapper<Omit<SetLocationFeedPayload, 'location'> & { location: ResolversTypes['Location'] }>;
  RegisterNetworkInput: RegisterNetworkInput;
  RegisterNetworkPayload: ResolverTypeWrapper<Omit<RegisterNetworkPayload, 'network'> & { network: ResolversTypes['Network'] }>;
  RegisterChannelInput: RegisterChannelInput;
  RegisterChannelPayload: ResolverTypeWrapper<Omit<RegisterChannelPayload, 'channel'> & { channel: ResolversTypes['Channel'] }>;
  PositionFilterInput: PositionFilterInput;
  PositionSortInput: PositionSortInput;
  PositionSortKey: PositionSortKey;
  SortDirection: SortDirection;
  OfferLineInput: OfferLineInput;
  Offers: ResolverTypeWrapper<OffersModel>;
  OfferLine: ResolverTypeWrapper<OfferLineModel>;
  InventoryPositionConnection: ResolverTypeWrapper<Omit<InventoryPositionConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['InventoryPositionEdge']> }>;
  InventoryPositionEdge: ResolverTypeWrapper<Omit<InventoryPositionEdge, 'node'> & { node: ResolversTypes['InventoryPosition'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  AvailabilityFrame: ResolverTypeWrapper<Omit<AvailabilityFrame, 'changes'> & { changes: ReadonlyArray<ResolversTypes['AvailabilityChange']> }>;
  AvailabilityChange: ResolverTypeWrapper<Omit<AvailabilityChange, 'sku' | 'channel'> & { sku?: Maybe<ResolversTypes['Sku']>, channel: ResolversTypes['Channel'] }>;
  NodeAvailabilityFrame: ResolverTypeWrapper<Omit<NodeAvailabilityFrame, 'changes'> & { changes: ReadonlyArray<ResolversTypes['NodeAvailabilityChange']> }>;
  NodeAvailabilityChange: ResolverTypeWrapper<Omit<NodeAvailabilityChange, 'sku' | 'location' | 'channel'> & { sku?: Maybe<ResolversTypes['Sku']>, location: ResolversTypes['Location'], channel: ResolversTypes['Channel'] }>;
  PositionFrame: ResolverTypeWrapper<Omit<PositionFrame, 'changes'> & { changes: ReadonlyArray<ResolversTypes['PositionChange']> }>;
  PositionChange: ResolverTypeWrapper<Omit<PositionChange, 'sku' | 'location'> & { sku?: Maybe<ResolversTypes['Sku']>, location: ResolversTypes['Location'] }>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  link__Import: ResolverTypeWrapper<Scalars['link__Import']['output']>;
  link__Purpose: Link__Purpose;
  federation__FieldSet: ResolverTypeWrapper<Scalars['federation__FieldSet']['output']>;
  federation__Scope: ResolverTypeWrapper<Scalars['federation__Scope']['output']>;
  federation__Policy: ResolverTypeWrapper<Scalars['federation__Policy']['output']>;
  federation__ContextFieldValue: ResolverTypeWrapper<Scalars['federation__ContextFieldValue']['output']>;
  _Service: ResolverTypeWrapper<_Service>;
  _Any: ResolverTypeWrapper<Scalars['_Any']['output']>;
  _Entity: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['_Entity']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Quantity: Scalars['Quantity']['output'];
  DateTime: Scalars['DateTime']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  SafeInteger: Scalars['SafeInteger']['output'];
  ChangeCursor: Scalars['ChangeCursor']['output'];
  Location: LocationModel;
  ID: Scalars['ID']['output'];
  LocationFeed: LocationFeed;
  Network: NetworkModel;
  Channel: ChannelModel;
  Sku: SkuModel;
  Availability: AvailabilityModel;
  DatedSupply: DatedSupplyModel;
  Transfer: TransferModel;
  TransferLine: TransferLineModel;
  TransferConnection: Omit<TransferConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['TransferEdge']> };
  TransferEdge: Omit<TransferEdge, 'node'> & { node: ResolversParentTypes['Transfer'] };
  RequestTransferInput: RequestTransferInput;
  TransferLineInput: TransferLineInput;
  AdvanceTransferInput: AdvanceTransferInput;
  ShipTransferInput: ShipTransferInput;
  ReceiveTransferInput: ReceiveTransferInput;
  ReceiveTransferLineInput: ReceiveTransferLineInput;
  LoseTransferInput: LoseTransferInput;
  TransferPayload: Omit<TransferPayload, 'transfer'> & { transfer: ResolversParentTypes['Transfer'] };
  DisposeStockInput: DisposeStockInput;
  DisposeStockLineInput: DisposeStockLineInput;
  DisposeStockPayload: Omit<DisposeStockPayload, 'positions'> & { positions: ReadonlyArray<ResolversParentTypes['InventoryPosition']> };
  NodeAvailability: NodeAvailabilityModel;
  AvailabilityTerm: AvailabilityTermModel;
  InventoryPosition: InventoryPositionModel;
  StockByBucket: StockByBucket;
  PositionLotConnection: PositionLotConnection;
  PositionLotEdge: PositionLotEdge;
  PositionLot: PositionLot;
  PositionSerialConnection: Omit<PositionSerialConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['PositionSerialEdge']> };
  PositionSerialEdge: Omit<PositionSerialEdge, 'node'> & { node: ResolversParentTypes['SerialStock'] };
  SerialStock: SerialStockModel;
  PositionHistoryConnection: Omit<PositionHistoryConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['PositionHistoryEdge']> };
  PositionHistoryEdge: Omit<PositionHistoryEdge, 'node'> & { node: ResolversParentTypes['PositionHistoryEntry'] };
  PositionHistoryEntry: PositionHistoryEntryModel;
  PositionBalance: PositionBalance;
  BinStock: BinStock;
  Reservation: ReservationModel;
  ReserveStockInput: ReserveStockInput;
  ReserveStockLineInput: ReserveStockLineInput;
  ReserveStockPayload: Omit<ReserveStockPayload, 'reservations'> & { reservations: ReadonlyArray<ResolversParentTypes['Reservation']> };
  CancelReservationInput: CancelReservationInput;
  CancelReservationPayload: Omit<CancelReservationPayload, 'reservation'> & { reservation: ResolversParentTypes['Reservation'] };
  ExtendReservationInput: ExtendReservationInput;
  ExtendReservationPayload: Omit<ExtendReservationPayload, 'reservation'> & { reservation: ResolversParentTypes['Reservation'] };
  SellPolicy: SellPolicy;
  SellPolicyInput: SellPolicyInput;
  AvailabilityRule: AvailabilityRuleModel;
  AvailabilityRuleInput: AvailabilityRuleInput;
  ChangeAvailabilityRulesInput: ChangeAvailabilityRulesInput;
  ChangeAvailabilityRulesPayload: Omit<ChangeAvailabilityRulesPayload, 'version' | 'impact'> & { version?: Maybe<ResolversParentTypes['AvailabilityRuleVersion']>, impact: ResolversParentTypes['AvailabilityImpact'] };
  AvailabilityImpact: Omit<AvailabilityImpact, 'changes'> & { changes: ReadonlyArray<ResolversParentTypes['AvailabilityImpactChange']> };
  AvailabilityImpactChange: AvailabilityImpactChangeModel;
  AvailabilityRuleVersion: AvailabilityRuleVersionModel;
  AvailabilityRuleWithdrawal: AvailabilityRuleWithdrawalModel;
  WithdrawAvailabilityRulesInput: WithdrawAvailabilityRulesInput;
  WithdrawAvailabilityRulesPayload: Omit<WithdrawAvailabilityRulesPayload, 'version'> & { version: ResolversParentTypes['AvailabilityRuleVersion'] };
  AvailabilityRuleVersionConnection: Omit<AvailabilityRuleVersionConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['AvailabilityRuleVersionEdge']> };
  AvailabilityRuleVersionEdge: Omit<AvailabilityRuleVersionEdge, 'node'> & { node: ResolversParentTypes['AvailabilityRuleVersion'] };
  SetLocationFeedInput: SetLocationFeedInput;
  SetLocationFeedPayload: Omit<SetLocationFeedPayload, 'location'> & { location: ResolversParentTypes['Location'] };
  RegisterNetworkInput: RegisterNetworkInput;
  RegisterNetworkPayload: Omit<RegisterNetworkPayload, 'network'> & { network: ResolversParentTypes['Network'] };
  RegisterChannelInput: RegisterChannelInput;
  RegisterChannelPayload: Omit<RegisterChannelPayload, 'channel'> & { channel: ResolversParentTypes['Channel'] };
  PositionFilterInput: PositionFilterInput;
  PositionSortInput: PositionSortInput;
  OfferLineInput: OfferLineInput;
  Offers: OffersModel;
  OfferLine: OfferLineModel;
  InventoryPositionConnection: Omit<InventoryPositionConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['InventoryPositionEdge']> };
  InventoryPositionEdge: Omit<InventoryPositionEdge, 'node'> & { node: ResolversParentTypes['InventoryPosition'] };
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  AvailabilityFrame: Omit<AvailabilityFrame, 'changes'> & { changes: ReadonlyArray<ResolversParentTypes['AvailabilityChange']> };
  AvailabilityChange: Omit<AvailabilityChange, 'sku' | 'channel'> & { sku?: Maybe<ResolversParentTypes['Sku']>, channel: ResolversParentTypes['Channel'] };
  NodeAvailabilityFrame: Omit<NodeAvailabilityFrame, 'changes'> & { changes: ReadonlyArray<ResolversParentTypes['NodeAvailabilityChange']> };
  NodeAvailabilityChange: Omit<NodeAvailabilityChange, 'sku' | 'location' | 'channel'> & { sku?: Maybe<ResolversParentTypes['Sku']>, location: ResolversParentTypes['Location'], channel: ResolversParentTypes['Channel'] };
  PositionFrame: Omit<PositionFrame, 'changes'> & { changes: ReadonlyArray<ResolversParentTypes['PositionChange']> };
  PositionChange: Omit<PositionChange, 'sku' | 'location'> & { sku?: Maybe<ResolversParentTypes['Sku']>, location: ResolversParentTypes['Location'] };
  Subscription: Record<PropertyKey, never>;
  link__Import: Scalars['link__Import']['output'];
  federation__FieldSet: Scalars['federation__FieldSet']['output'];
  federation__Scope: Scalars['federation__Scope']['output'];
  federation__Policy: Scalars['federation__Policy']['output'];
  federation__ContextFieldValue: Scalars['federation__ContextFieldValue']['output'];
  _Service: _Service;
  _Any: Scalars['_Any']['output'];
  _Entity: ResolversUnionTypes<ResolversParentTypes>['_Entity'];
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  Boolean: Scalars['Boolean']['output'];
};

export type TopicDirectiveArgs = {
  event: Scalars['String']['input'];
  keys: ReadonlyArray<Scalars['String']['input']>;
  snapshot: Scalars['String']['input'];
  scope?: Maybe<Scalars['String']['input']>;
};

export type TopicDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = TopicDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CacheControlDirectiveArgs = {
  maxAge?: Maybe<Scalars['Int']['input']>;
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type LinkDirectiveArgs = {
  url?: Maybe<Scalars['String']['input']>;
  as?: Maybe<Scalars['String']['input']>;
  for?: Maybe<Link__Purpose>;
  import?: Maybe<ReadonlyArray<Maybe<Scalars['link__Import']['input']>>>;
};

export type LinkDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = LinkDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__RequiresDirectiveArgs = {
  fields: Scalars['federation__FieldSet']['input'];
};

export type Federation__RequiresDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__RequiresDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__ProvidesDirectiveArgs = {
  fields: Scalars['federation__FieldSet']['input'];
};

export type Federation__ProvidesDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__ProvidesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__ExternalDirectiveArgs = { };

export type Federation__ExternalDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__ExternalDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__ExtendsDirectiveArgs = { };

export type Federation__ExtendsDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__ExtendsDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__InaccessibleDirectiveArgs = { };

export type Federation__InaccessibleDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__InaccessibleDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ShareableDirectiveArgs = { };

export type ShareableDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = ShareableDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__OverrideDirectiveArgs = {
  from: Scalars['String']['input'];
  label?: Maybe<Scalars['String']['input']>;
};

export type Federation__OverrideDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__OverrideDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type TagDirectiveArgs = {
  name: Scalars['String']['input'];
};

export type TagDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = TagDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ComposeDirectiveDirectiveArgs = {
  name?: Maybe<Scalars['String']['input']>;
};

export type ComposeDirectiveDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = ComposeDirectiveDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__InterfaceObjectDirectiveArgs = { };

export type Federation__InterfaceObjectDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__InterfaceObjectDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__AuthenticatedDirectiveArgs = { };

export type Federation__AuthenticatedDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__AuthenticatedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequiresScopesDirectiveArgs = {
  scopes: ReadonlyArray<ReadonlyArray<Scalars['federation__Scope']['input']>>;
};

export type RequiresScopesDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = RequiresScopesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__PolicyDirectiveArgs = {
  policies: ReadonlyArray<ReadonlyArray<Scalars['federation__Policy']['input']>>;
};

export type Federation__PolicyDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__PolicyDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__ContextDirectiveArgs = {
  name: Scalars['String']['input'];
};

export type Federation__ContextDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__ContextDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__FromContextDirectiveArgs = {
  field?: Maybe<Scalars['federation__ContextFieldValue']['input']>;
};

export type Federation__FromContextDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__FromContextDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type Federation__CostDirectiveArgs = {
  weight: Scalars['Int']['input'];
};

export type Federation__CostDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = Federation__CostDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ListSizeDirectiveArgs = {
  assumedSize?: Maybe<Scalars['Int']['input']>;
  slicingArguments?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
  sizedFields?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
  requireOneSlicingArgument?: Maybe<Scalars['Boolean']['input']>;
};

export type ListSizeDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = ListSizeDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface QuantityScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Quantity'], any> {
  name: 'Quantity';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface SafeIntegerScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInteger'], any> {
  name: 'SafeInteger';
}

export interface ChangeCursorScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['ChangeCursor'], any> {
  name: 'ChangeCursor';
}

export type LocationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Location'] = ResolversParentTypes['Location'], FederationReferenceType extends FederationReferenceTypes['Location'] = FederationReferenceTypes['Location']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Location']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['LocationType'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  capabilities?: Resolver<ReadonlyArray<ResolversTypes['LocationCapability']>, ParentType, ContextType>;
  feed?: Resolver<Maybe<ResolversTypes['LocationFeed']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LocationFeedResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LocationFeed'] = ResolversParentTypes['LocationFeed']> = {
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  staleAfterMs?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  heardAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  staleFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type NetworkResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Network'] = ResolversParentTypes['Network'], FederationReferenceType extends FederationReferenceTypes['Network'] = FederationReferenceTypes['Network']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Network']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  locations?: Resolver<ReadonlyArray<ResolversTypes['Location']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChannelResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Channel'] = ResolversParentTypes['Channel'], FederationReferenceType extends FederationReferenceTypes['Channel'] = FederationReferenceTypes['Channel']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Channel']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  network?: Resolver<ResolversTypes['Network'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  publishes?: Resolver<ResolversTypes['AvailabilityDisclosure'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SkuResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Sku'] = ResolversParentTypes['Sku'], FederationReferenceType extends FederationReferenceTypes['Sku'] = FederationReferenceTypes['Sku']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Sku']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  availability?: Resolver<Maybe<ResolversTypes['Availability']>, ParentType, ContextType, RequireFields<SkuAvailabilityArgs, 'channel'>>;
  position?: Resolver<Maybe<ResolversTypes['InventoryPosition']>, ParentType, ContextType, RequireFields<SkuPositionArgs, 'location'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AvailabilityResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Availability'] = ResolversParentTypes['Availability']> = {
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  available?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  band?: Resolver<ResolversTypes['AvailabilityBand'], ParentType, ContextType>;
  shipsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['NodeAvailability']>, ParentType, ContextType>;
  terms?: Resolver<ReadonlyArray<ResolversTypes['AvailabilityTerm']>, ParentType, ContextType>;
  supply?: Resolver<ReadonlyArray<ResolversTypes['DatedSupply']>, ParentType, ContextType, RequireFields<AvailabilitySupplyArgs, 'first'>>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type DatedSupplyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DatedSupply'] = ResolversParentTypes['DatedSupply']> = {
  kind?: Resolver<ResolversTypes['SupplyKind'], ParentType, ContextType>;
  fromAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  quantity?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  document?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type TransferResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Transfer'] = ResolversParentTypes['Transfer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TransferStatus'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expectedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['TransferLine']>, ParentType, ContextType>;
};

export type TransferLineResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TransferLine'] = ResolversParentTypes['TransferLine']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  shipped?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  received?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  lost?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  inTransit?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
};

export type TransferConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TransferConnection'] = ResolversParentTypes['TransferConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TransferEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TransferEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TransferEdge'] = ResolversParentTypes['TransferEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Transfer'], ParentType, ContextType>;
};

export type TransferPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TransferPayload'] = ResolversParentTypes['TransferPayload']> = {
  transfer?: Resolver<ResolversTypes['Transfer'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type DisposeStockPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DisposeStockPayload'] = ResolversParentTypes['DisposeStockPayload']> = {
  positions?: Resolver<ReadonlyArray<ResolversTypes['InventoryPosition']>, ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type NodeAvailabilityResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['NodeAvailability'] = ResolversParentTypes['NodeAvailability']> = {
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  available?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  band?: Resolver<ResolversTypes['AvailabilityBand'], ParentType, ContextType>;
};

export type AvailabilityTermResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AvailabilityTerm'] = ResolversParentTypes['AvailabilityTerm']> = {
  kind?: Resolver<ResolversTypes['AvailabilityTermKind'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  changedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type InventoryPositionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InventoryPosition'] = ResolversParentTypes['InventoryPosition']> = {
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  onHand?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  sellable?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  qcHold?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  returnPending?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  damaged?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  quarantine?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  suspect?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  softReserved?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  allocated?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  picked?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  onOrder?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  inTransitIn?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  lots?: Resolver<Maybe<ResolversTypes['PositionLotConnection']>, ParentType, ContextType, RequireFields<InventoryPositionLotsArgs, 'first'>>;
  serials?: Resolver<Maybe<ResolversTypes['PositionSerialConnection']>, ParentType, ContextType, RequireFields<InventoryPositionSerialsArgs, 'first'>>;
  unidentified?: Resolver<Maybe<ResolversTypes['StockByBucket']>, ParentType, ContextType>;
  supply?: Resolver<ReadonlyArray<ResolversTypes['DatedSupply']>, ParentType, ContextType, RequireFields<InventoryPositionSupplyArgs, 'first'>>;
  history?: Resolver<ResolversTypes['PositionHistoryConnection'], ParentType, ContextType, RequireFields<InventoryPositionHistoryArgs, 'first'>>;
  bins?: Resolver<Maybe<ReadonlyArray<ResolversTypes['BinStock']>>, ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type StockByBucketResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['StockByBucket'] = ResolversParentTypes['StockByBucket']> = {
  onHand?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  sellable?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  qcHold?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  returnPending?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  damaged?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  quarantine?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  suspect?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
};

export type PositionLotConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PositionLotConnection'] = ResolversParentTypes['PositionLotConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PositionLotEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PositionLotEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PositionLotEdge'] = ResolversParentTypes['PositionLotEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PositionLot'], ParentType, ContextType>;
};

export type PositionLotResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PositionLot'] = ResolversParentTypes['PositionLot']> = {
  lot?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresOn?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stock?: Resolver<ResolversTypes['StockByBucket'], ParentType, ContextType>;
};

export type PositionSerialConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PositionSerialConnection'] = ResolversParentTypes['PositionSerialConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PositionSerialEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PositionSerialEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PositionSerialEdge'] = ResolversParentTypes['PositionSerialEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SerialStock'], ParentType, ContextType>;
};

export type SerialStockResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SerialStock'] = ResolversParentTypes['SerialStock']> = {
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  serial?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  bucket?: Resolver<Maybe<ResolversTypes['StockBucket']>, ParentType, ContextType>;
  gone?: Resolver<Maybe<ResolversTypes['LocationType']>, ParentType, ContextType>;
  sinceAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  document?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PositionHistoryConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PositionHistoryConnection'] = ResolversParentTypes['PositionHistoryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PositionHistoryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PositionHistoryEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PositionHistoryEdge'] = ResolversParentTypes['PositionHistoryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PositionHistoryEntry'], ParentType, ContextType>;
};

export type PositionHistoryEntryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PositionHistoryEntry'] = ResolversParentTypes['PositionHistoryEntry']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  change?: Resolver<ResolversTypes['PositionBalance'], ParentType, ContextType>;
  balance?: Resolver<ResolversTypes['PositionBalance'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  eventId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  document?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lot?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  serials?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type PositionBalanceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PositionBalance'] = ResolversParentTypes['PositionBalance']> = {
  onHand?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  sellable?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  softReserved?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  allocated?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
};

export type BinStockResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['BinStock'] = ResolversParentTypes['BinStock']> = {
  bin?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReservationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Reservation'] = ResolversParentTypes['Reservation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  backordered?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ReservationKind'], ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReservationStatus'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReserveStockPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReserveStockPayload'] = ResolversParentTypes['ReserveStockPayload']> = {
  reservations?: Resolver<ReadonlyArray<ResolversTypes['Reservation']>, ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type CancelReservationPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CancelReservationPayload'] = ResolversParentTypes['CancelReservationPayload']> = {
  reservation?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type ExtendReservationPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ExtendReservationPayload'] = ResolversParentTypes['ExtendReservationPayload']> = {
  reservation?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type SellPolicyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SellPolicy'] = ResolversParentTypes['SellPolicy']> = {
  mode?: Resolver<ResolversTypes['SellPolicyMode'], ParentType, ContextType>;
  limit?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  horizonMs?: Resolver<Maybe<ResolversTypes['SafeInteger']>, ParentType, ContextType>;
  confidenceBasisPoints?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  shipsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type AvailabilityRuleResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AvailabilityRule'] = ResolversParentTypes['AvailabilityRule']> = {
  kind?: Resolver<ResolversTypes['AvailabilityRuleKind'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  quantity?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  basisPoints?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  isOn?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  sellPolicy?: Resolver<Maybe<ResolversTypes['SellPolicy']>, ParentType, ContextType>;
  isRemoved?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  effectiveAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ChangeAvailabilityRulesPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ChangeAvailabilityRulesPayload'] = ResolversParentTypes['ChangeAvailabilityRulesPayload']> = {
  version?: Resolver<Maybe<ResolversTypes['AvailabilityRuleVersion']>, ParentType, ContextType>;
  effectiveAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  impact?: Resolver<ResolversTypes['AvailabilityImpact'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type AvailabilityImpactResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AvailabilityImpact'] = ResolversParentTypes['AvailabilityImpact']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['AvailabilityImpactChange']>, ParentType, ContextType>;
  changedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  fallenCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  soldOutCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  examinedSkuCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AvailabilityImpactChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AvailabilityImpactChange'] = ResolversParentTypes['AvailabilityImpactChange']> = {
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  before?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  after?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
};

export type AvailabilityRuleVersionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AvailabilityRuleVersion'] = ResolversParentTypes['AvailabilityRuleVersion']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  effectiveAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  isEffective?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  withdrawal?: Resolver<Maybe<ResolversTypes['AvailabilityRuleWithdrawal']>, ParentType, ContextType>;
  rules?: Resolver<ReadonlyArray<ResolversTypes['AvailabilityRule']>, ParentType, ContextType>;
};

export type AvailabilityRuleWithdrawalResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AvailabilityRuleWithdrawal'] = ResolversParentTypes['AvailabilityRuleWithdrawal']> = {
  withdrawnBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  withdrawnAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WithdrawAvailabilityRulesPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WithdrawAvailabilityRulesPayload'] = ResolversParentTypes['WithdrawAvailabilityRulesPayload']> = {
  version?: Resolver<ResolversTypes['AvailabilityRuleVersion'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type AvailabilityRuleVersionConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AvailabilityRuleVersionConnection'] = ResolversParentTypes['AvailabilityRuleVersionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AvailabilityRuleVersionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AvailabilityRuleVersionEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AvailabilityRuleVersionEdge'] = ResolversParentTypes['AvailabilityRuleVersionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AvailabilityRuleVersion'], ParentType, ContextType>;
};

export type SetLocationFeedPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SetLocationFeedPayload'] = ResolversParentTypes['SetLocationFeedPayload']> = {
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type RegisterNetworkPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RegisterNetworkPayload'] = ResolversParentTypes['RegisterNetworkPayload']> = {
  network?: Resolver<ResolversTypes['Network'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type RegisterChannelPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RegisterChannelPayload'] = ResolversParentTypes['RegisterChannelPayload']> = {
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type OffersResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Offers'] = ResolversParentTypes['Offers']> = {
  lines?: Resolver<ReadonlyArray<ResolversTypes['OfferLine']>, ParentType, ContextType>;
  canShip?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pickupAt?: Resolver<ReadonlyArray<ResolversTypes['Location']>, ParentType, ContextType>;
  shipFrom?: Resolver<ReadonlyArray<ResolversTypes['Location']>, ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type OfferLineResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OfferLine'] = ResolversParentTypes['OfferLine']> = {
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  canShip?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  expectedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  pickupAt?: Resolver<ReadonlyArray<ResolversTypes['Location']>, ParentType, ContextType>;
  shipFrom?: Resolver<ReadonlyArray<ResolversTypes['Location']>, ParentType, ContextType>;
};

export type InventoryPositionConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InventoryPositionConnection'] = ResolversParentTypes['InventoryPositionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['InventoryPositionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type InventoryPositionEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InventoryPositionEdge'] = ResolversParentTypes['InventoryPositionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['InventoryPosition'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  availability?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Availability']>>, ParentType, ContextType, RequireFields<QueryAvailabilityArgs, 'skus' | 'channel'>>;
  availabilities?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Availability']>>, ParentType, ContextType, RequireFields<QueryAvailabilitiesArgs, 'skus' | 'channels'>>;
  offers?: Resolver<ResolversTypes['Offers'], ParentType, ContextType, RequireFields<QueryOffersArgs, 'channel' | 'lines'>>;
  nodeAvailability?: Resolver<ReadonlyArray<Maybe<ResolversTypes['NodeAvailability']>>, ParentType, ContextType, RequireFields<QueryNodeAvailabilityArgs, 'skus' | 'channel' | 'location'>>;
  serial?: Resolver<Maybe<ResolversTypes['SerialStock']>, ParentType, ContextType, RequireFields<QuerySerialArgs, 'sku' | 'serial'>>;
  positions?: Resolver<ResolversTypes['InventoryPositionConnection'], ParentType, ContextType, RequireFields<QueryPositionsArgs, 'location' | 'first'>>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType, RequireFields<QueryLocationArgs, 'id'>>;
  locations?: Resolver<ReadonlyArray<ResolversTypes['Location']>, ParentType, ContextType, Partial<QueryLocationsArgs>>;
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType, RequireFields<QueryChannelArgs, 'id'>>;
  channels?: Resolver<ReadonlyArray<ResolversTypes['Channel']>, ParentType, ContextType, Partial<QueryChannelsArgs>>;
  transfer?: Resolver<Maybe<ResolversTypes['Transfer']>, ParentType, ContextType, RequireFields<QueryTransferArgs, 'id'>>;
  transfers?: Resolver<ResolversTypes['TransferConnection'], ParentType, ContextType, RequireFields<QueryTransfersArgs, 'location' | 'first'>>;
  availabilityRules?: Resolver<ReadonlyArray<ResolversTypes['AvailabilityRule']>, ParentType, ContextType, Partial<QueryAvailabilityRulesArgs>>;
  availabilityRuleVersions?: Resolver<ResolversTypes['AvailabilityRuleVersionConnection'], ParentType, ContextType, RequireFields<QueryAvailabilityRuleVersionsArgs, 'first'>>;
  reservation?: Resolver<Maybe<ResolversTypes['Reservation']>, ParentType, ContextType, RequireFields<QueryReservationArgs, 'id'>>;
  _entities?: Resolver<ReadonlyArray<Maybe<ResolversTypes['_Entity']>>, ParentType, ContextType, RequireFields<Query_EntitiesArgs, 'representations'>>;
  _service?: Resolver<ResolversTypes['_Service'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  reserveStock?: Resolver<ResolversTypes['ReserveStockPayload'], ParentType, ContextType, RequireFields<MutationReserveStockArgs, 'input'>>;
  cancelReservation?: Resolver<ResolversTypes['CancelReservationPayload'], ParentType, ContextType, RequireFields<MutationCancelReservationArgs, 'input'>>;
  extendReservation?: Resolver<ResolversTypes['ExtendReservationPayload'], ParentType, ContextType, RequireFields<MutationExtendReservationArgs, 'input'>>;
  disposeStock?: Resolver<ResolversTypes['DisposeStockPayload'], ParentType, ContextType, RequireFields<MutationDisposeStockArgs, 'input'>>;
  requestTransfer?: Resolver<ResolversTypes['TransferPayload'], ParentType, ContextType, RequireFields<MutationRequestTransferArgs, 'input'>>;
  approveTransfer?: Resolver<ResolversTypes['TransferPayload'], ParentType, ContextType, RequireFields<MutationApproveTransferArgs, 'input'>>;
  stageTransfer?: Resolver<ResolversTypes['TransferPayload'], ParentType, ContextType, RequireFields<MutationStageTransferArgs, 'input'>>;
  shipTransfer?: Resolver<ResolversTypes['TransferPayload'], ParentType, ContextType, RequireFields<MutationShipTransferArgs, 'input'>>;
  receiveTransfer?: Resolver<ResolversTypes['TransferPayload'], ParentType, ContextType, RequireFields<MutationReceiveTransferArgs, 'input'>>;
  loseTransfer?: Resolver<ResolversTypes['TransferPayload'], ParentType, ContextType, RequireFields<MutationLoseTransferArgs, 'input'>>;
  cancelTransfer?: Resolver<ResolversTypes['TransferPayload'], ParentType, ContextType, RequireFields<MutationCancelTransferArgs, 'input'>>;
  changeAvailabilityRules?: Resolver<ResolversTypes['ChangeAvailabilityRulesPayload'], ParentType, ContextType, RequireFields<MutationChangeAvailabilityRulesArgs, 'input'>>;
  withdrawAvailabilityRules?: Resolver<ResolversTypes['WithdrawAvailabilityRulesPayload'], ParentType, ContextType, RequireFields<MutationWithdrawAvailabilityRulesArgs, 'input'>>;
  setLocationFeed?: Resolver<ResolversTypes['SetLocationFeedPayload'], ParentType, ContextType, RequireFields<MutationSetLocationFeedArgs, 'input'>>;
  registerNetwork?: Resolver<ResolversTypes['RegisterNetworkPayload'], ParentType, ContextType, RequireFields<MutationRegisterNetworkArgs, 'input'>>;
  registerChannel?: Resolver<ResolversTypes['RegisterChannelPayload'], ParentType, ContextType, RequireFields<MutationRegisterChannelArgs, 'input'>>;
};

export type AvailabilityFrameResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AvailabilityFrame'] = ResolversParentTypes['AvailabilityFrame']> = {
  cursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
  reset?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['AvailabilityChange']>, ParentType, ContextType>;
};

export type AvailabilityChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AvailabilityChange'] = ResolversParentTypes['AvailabilityChange']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  deleted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  available?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  band?: Resolver<Maybe<ResolversTypes['AvailabilityBand']>, ParentType, ContextType>;
};

export type NodeAvailabilityFrameResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['NodeAvailabilityFrame'] = ResolversParentTypes['NodeAvailabilityFrame']> = {
  cursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
  reset?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['NodeAvailabilityChange']>, ParentType, ContextType>;
};

export type NodeAvailabilityChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['NodeAvailabilityChange'] = ResolversParentTypes['NodeAvailabilityChange']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  deleted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  available?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  band?: Resolver<Maybe<ResolversTypes['AvailabilityBand']>, ParentType, ContextType>;
};

export type PositionFrameResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PositionFrame'] = ResolversParentTypes['PositionFrame']> = {
  cursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
  reset?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['PositionChange']>, ParentType, ContextType>;
};

export type PositionChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PositionChange'] = ResolversParentTypes['PositionChange']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  deleted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  onHand?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  sellable?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  qcHold?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  returnPending?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  damaged?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  quarantine?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  suspect?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  softReserved?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  allocated?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  picked?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  onOrder?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  inTransitIn?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  availabilityChanged?: SubscriptionResolver<ResolversTypes['AvailabilityFrame'], "availabilityChanged", ParentType, ContextType, RequireFields<SubscriptionAvailabilityChangedArgs, 'channel' | 'minIntervalMs'>>;
  nodeAvailabilityChanged?: SubscriptionResolver<ResolversTypes['NodeAvailabilityFrame'], "nodeAvailabilityChanged", ParentType, ContextType, RequireFields<SubscriptionNodeAvailabilityChangedArgs, 'channel' | 'location' | 'minIntervalMs'>>;
  positionChanged?: SubscriptionResolver<ResolversTypes['PositionFrame'], "positionChanged", ParentType, ContextType, RequireFields<SubscriptionPositionChangedArgs, 'location' | 'minIntervalMs'>>;
};

export interface Link__ImportScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['link__Import'], any> {
  name: 'link__Import';
}

export interface Federation__FieldSetScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['federation__FieldSet'], any> {
  name: 'federation__FieldSet';
}

export interface Federation__ScopeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['federation__Scope'], any> {
  name: 'federation__Scope';
}

export interface Federation__PolicyScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['federation__Policy'], any> {
  name: 'federation__Policy';
}

export interface Federation__ContextFieldValueScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['federation__ContextFieldValue'], any> {
  name: 'federation__ContextFieldValue';
}

export type _ServiceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['_Service'] = ResolversParentTypes['_Service']> = {
  sdl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface _AnyScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['_Any'], any> {
  name: '_Any';
}

export type _EntityResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['_Entity'] = ResolversParentTypes['_Entity']> = {
  __resolveType: TypeResolveFn<'Channel' | 'Location' | 'Network' | 'Sku', ParentType, ContextType>;
};

export type Resolvers<ContextType = GraphqlContext> = {
  Quantity?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  SafeInteger?: GraphQLScalarType;
  ChangeCursor?: GraphQLScalarType;
  Location?: LocationResolvers<ContextType>;
  LocationFeed?: LocationFeedResolvers<ContextType>;
  Network?: NetworkResolvers<ContextType>;
  Channel?: ChannelResolvers<ContextType>;
  Sku?: SkuResolvers<ContextType>;
  Availability?: AvailabilityResolvers<ContextType>;
  DatedSupply?: DatedSupplyResolvers<ContextType>;
  Transfer?: TransferResolvers<ContextType>;
  TransferLine?: TransferLineResolvers<ContextType>;
  TransferConnection?: TransferConnectionResolvers<ContextType>;
  TransferEdge?: TransferEdgeResolvers<ContextType>;
  TransferPayload?: TransferPayloadResolvers<ContextType>;
  DisposeStockPayload?: DisposeStockPayloadResolvers<ContextType>;
  NodeAvailability?: NodeAvailabilityResolvers<ContextType>;
  AvailabilityTerm?: AvailabilityTermResolvers<ContextType>;
  InventoryPosition?: InventoryPositionResolvers<ContextType>;
  StockByBucket?: StockByBucketResolvers<ContextType>;
  PositionLotConnection?: PositionLotConnectionResolvers<ContextType>;
  PositionLotEdge?: PositionLotEdgeResolvers<ContextType>;
  PositionLot?: PositionLotResolvers<ContextType>;
  PositionSerialConnection?: PositionSerialConnectionResolvers<ContextType>;
  PositionSerialEdge?: PositionSerialEdgeResolvers<ContextType>;
  SerialStock?: SerialStockResolvers<ContextType>;
  PositionHistoryConnection?: PositionHistoryConnectionResolvers<ContextType>;
  PositionHistoryEdge?: PositionHistoryEdgeResolvers<ContextType>;
  PositionHistoryEntry?: PositionHistoryEntryResolvers<ContextType>;
  PositionBalance?: PositionBalanceResolvers<ContextType>;
  BinStock?: BinStockResolvers<ContextType>;
  Reservation?: ReservationResolvers<ContextType>;
  ReserveStockPayload?: ReserveStockPayloadResolvers<ContextType>;
  CancelReservationPayload?: CancelReservationPayloadResolvers<ContextType>;
  ExtendReservationPayload?: ExtendReservationPayloadResolvers<ContextType>;
  SellPolicy?: SellPolicyResolvers<ContextType>;
  AvailabilityRule?: AvailabilityRuleResolvers<ContextType>;
  ChangeAvailabilityRulesPayload?: ChangeAvailabilityRulesPayloadResolvers<ContextType>;
  AvailabilityImpact?: AvailabilityImpactResolvers<ContextType>;
  AvailabilityImpactChange?: AvailabilityImpactChangeResolvers<ContextType>;
  AvailabilityRuleVersion?: AvailabilityRuleVersionResolvers<ContextType>;
  AvailabilityRuleWithdrawal?: AvailabilityRuleWithdrawalResolvers<ContextType>;
  WithdrawAvailabilityRulesPayload?: WithdrawAvailabilityRulesPayloadResolvers<ContextType>;
  AvailabilityRuleVersionConnection?: AvailabilityRuleVersionConnectionResolvers<ContextType>;
  AvailabilityRuleVersionEdge?: AvailabilityRuleVersionEdgeResolvers<ContextType>;
  SetLocationFeedPayload?: SetLocationFeedPayloadResolvers<ContextType>;
  RegisterNetworkPayload?: RegisterNetworkPayloadResolvers<ContextType>;
  RegisterChannelPayload?: RegisterChannelPayloadResolvers<ContextType>;
  Offers?: OffersResolvers<ContextType>;
  OfferLine?: OfferLineResolvers<ContextType>;
  InventoryPositionConnection?: InventoryPositionConnectionResolvers<ContextType>;
  InventoryPositionEdge?: InventoryPositionEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  AvailabilityFrame?: AvailabilityFrameResolvers<ContextType>;
  AvailabilityChange?: AvailabilityChangeResolvers<ContextType>;
  NodeAvailabilityFrame?: NodeAvailabilityFrameResolvers<ContextType>;
  NodeAvailabilityChange?: NodeAvailabilityChangeResolvers<ContextType>;
  PositionFrame?: PositionFrameResolvers<ContextType>;
  PositionChange?: PositionChangeResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  link__Import?: GraphQLScalarType;
  federation__FieldSet?: GraphQLScalarType;
  federation__Scope?: GraphQLScalarType;
  federation__Policy?: GraphQLScalarType;
  federation__ContextFieldValue?: GraphQLScalarType;
  _Service?: _ServiceResolvers<ContextType>;
  _Any?: GraphQLScalarType;
  _Entity?: _EntityResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = GraphqlContext> = {
  topic?: TopicDirectiveResolver<any, any, ContextType>;
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  link?: LinkDirectiveResolver<any, any, ContextType>;
  federation__requires?: Federation__RequiresDirectiveResolver<any, any, ContextType>;
  federation__provides?: Federation__ProvidesDirectiveResolver<any, any, ContextType>;
  federation__external?: Federation__ExternalDirectiveResolver<any, any, ContextType>;
  federation__extends?: Federation__ExtendsDirectiveResolver<any, any, ContextType>;
  federation__inaccessible?: Federation__InaccessibleDirectiveResolver<any, any, ContextType>;
  shareable?: ShareableDirectiveResolver<any, any, ContextType>;
  federation__override?: Federation__OverrideDirectiveResolver<any, any, ContextType>;
  tag?: TagDirectiveResolver<any, any, ContextType>;
  composeDirective?: ComposeDirectiveDirectiveResolver<any, any, ContextType>;
  federation__interfaceObject?: Federation__InterfaceObjectDirectiveResolver<any, any, ContextType>;
  federation__authenticated?: Federation__AuthenticatedDirectiveResolver<any, any, ContextType>;
  requiresScopes?: RequiresScopesDirectiveResolver<any, any, ContextType>;
  federation__policy?: Federation__PolicyDirectiveResolver<any, any, ContextType>;
  federation__context?: Federation__ContextDirectiveResolver<any, any, ContextType>;
  federation__fromContext?: Federation__FromContextDirectiveResolver<any, any, ContextType>;
  federation__cost?: Federation__CostDirectiveResolver<any, any, ContextType>;
  listSize?: ListSizeDirectiveResolver<any, any, ContextType>;
};

type _Service = { readonly sdl?: string };
type Query_EntitiesArgs = { representations: ReadonlyArray<unknown> };
