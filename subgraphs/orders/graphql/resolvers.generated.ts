import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerSource } from './customers.ts';
import type { OrderSource, LineSource } from './order-model.ts';
import type { OrderSearchSource } from './order-search.ts';
import type { SkuSource } from './sku-fields.ts';
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

/** An amount of money. */
export type Money = {
  readonly __typename?: 'Money';
  /** In minor units: pence, cents, yen. */
  readonly amountMinor: Scalars['SafeInteger']['output'];
  /** The currency of the amount. */
  readonly currencyCode: Scalars['CurrencyCode']['output'];
};

export type Sku = {
  readonly __typename?: 'Sku';
  readonly id: Scalars['ID']['output'];
  /** When it would arrive if a channel sold it now; whether it may be sold says its availability. Null when nobody can say. */
  readonly deliveryEstimate: Maybe<DeliveryEstimate>;
};


export type SkuDeliveryEstimateArgs = {
  channel: Scalars['ID']['input'];
  quantity?: Scalars['Quantity']['input'];
  destination?: InputMaybe<DestinationInput>;
};

export type Location = {
  readonly __typename?: 'Location';
  readonly id: Scalars['ID']['output'];
};

/** What a customer bought, through any channel. */
export type Order = {
  readonly __typename?: 'Order';
  /** Given by the hub. */
  readonly id: Scalars['ID']['output'];
  /** Who sold it. */
  readonly channel: Scalars['ID']['output'];
  /** The number that the channel gave it; unique within the channel. */
  readonly externalId: Scalars['String']['output'];
  /** Derived from the states of all units. */
  readonly status: OrderStatus;
  /** 1 as placed; each change of what is bought counts. */
  readonly revision: Scalars['Int']['output'];
  /** True while a change waits for its stock. */
  readonly isChanging: Scalars['Boolean']['output'];
  /** When the customer placed it. */
  readonly placedAt: Scalars['DateTime']['output'];
  /** The customer as the channel knows them; null for an anonymous sale. */
  readonly customer: Maybe<Scalars['String']['output']>;
  /** The currency of every amount. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** The sums. */
  readonly totals: OrderTotals;
  /** What was bought; at most 500 lines. */
  readonly lines: ReadonlyArray<OrderLine>;
  /** What is not goods: carriage, fees, discounts on the whole order. */
  readonly charges: ReadonlyArray<OrderCharge>;
  /** Parcels and hand-overs. */
  readonly shipments: ReadonlyArray<Shipment>;
  /** To whom it is sent, for as long as something of it is to be. For its customer, agents, and staff of stores that send a part of it now; null for others, and where nobody told it. */
  readonly shipTo: Maybe<PostalAddress>;
  /** Labels for what its locations send, the oldest first; at most 100. Empty for customers, and for whoever only looks it up. */
  readonly labels: ReadonlyArray<ParcelLabel>;
  /** What waits to be collected, one for each location. */
  readonly pickups: ReadonlyArray<OrderPickup>;
  /** Goods that are brought to where they are collected, in the order of asking. */
  readonly transfers: ReadonlyArray<OrderTransfer>;
  /** What a location has to do for it; null when it has nothing to do, or the caller does not act for the location. */
  readonly work: Maybe<OrderWork>;
  /** How it is paid. */
  readonly payments: ReadonlyArray<Payment>;
  /** What keeps it from going on, and what did; empty for whoever only looks it up. */
  readonly holds: ReadonlyArray<OrderHold>;
  /** The receipt as the POS keeps it. Null for an order that no POS took, or while the POS is away. */
  readonly storeReceipt: Maybe<StoreReceipt>;
  /** Why its locations were chosen, the newest first; at most 100. */
  readonly sourcingDecisions: ReadonlyArray<SourcingDecision>;
  /** What its customer was told, or was to be; at most 500. */
  readonly notices: ReadonlyArray<CustomerNotice>;
  /** How it stands with the ERP that keeps orders; null where none keeps it. */
  readonly salesOrder: Maybe<SalesOrder>;
  /** How its taxes stand with the tax system; null where they are taken at the word of its channel. */
  readonly taxCheck: Maybe<OrderTaxCheck>;
  /** Who routes it: what held for its channel when it was placed, for ever. */
  readonly orchestratedBy: OrderOrchestrator;
  /** Who of those that wait for stock is covered first, 0 to 9, the highest: what somebody gave it, or what the rules do. */
  readonly priority: Scalars['Int']['output'];
  /** How it stands with the marketplace that took it; null where none did. */
  readonly marketplace: Maybe<OrderMarketplace>;
  /** Everything that happened to it, in every system, in the order in which it happened. */
  readonly timeline: TimelineConnection;
};


/** What a customer bought, through any channel. */
export type OrderWorkArgs = {
  location: Scalars['ID']['input'];
};


/** What a customer bought, through any channel. */
export type OrderTimelineArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** Who routes an order. */
export type OrderOrchestrator = {
  readonly __typename?: 'OrderOrchestrator';
  /** The hub, or an outside OMS. */
  readonly party: OrchestratingParty;
  /** The OMS, by the name under which its messages come; null for the hub. */
  readonly system: Maybe<Scalars['String']['output']>;
};

/** Who routes orders: chooses their locations and hands over their work. */
export type OrchestratingParty =
  /** The hub. */
  | 'HUB'
  /** An outside order management system. */
  | 'OMS';

/** How an order stands with the marketplace that took it. */
export type OrderMarketplace = {
  readonly __typename?: 'OrderMarketplace';
  /** The marketplace as a source. */
  readonly system: Scalars['String']['output'];
  /** By when it wants to hear that the order is taken on; null where it does not. */
  readonly acknowledgeDueAt: Maybe<Scalars['DateTime']['output']>;
  /** When it took that in; null while it has not. */
  readonly acknowledgedAt: Maybe<Scalars['DateTime']['output']>;
  /** Whether its customer has paid the marketplace. Until then its stock is kept, and nothing else is done for it: it is held, and costs nothing that is known. */
  readonly isPaid: Scalars['Boolean']['output'];
  /** By when it has to leave; null where the marketplace does not say. */
  readonly shipDueAt: Maybe<Scalars['DateTime']['output']>;
  /** What it was told, the oldest first; at most 1,000. */
  readonly words: ReadonlyArray<MarketplaceWord>;
};

/** Something that a marketplace was told of an order. */
export type MarketplaceWord = {
  readonly __typename?: 'MarketplaceWord';
  /** What about. */
  readonly about: MarketplaceSubject;
  /** The parcel that it is about; null where it is about none. */
  readonly shipment: Maybe<Scalars['ID']['output']>;
  /** What became of it. */
  readonly state: MarketplaceWordState;
  /** Why it was refused, in the words of the marketplace; null otherwise. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** What a marketplace is told about. */
export type MarketplaceSubject =
  /** That the order is taken on. */
  | 'ACKNOWLEDGEMENT'
  /** That units will not be sent. */
  | 'CANCELLATION'
  /** That units have left. */
  | 'SHIPMENT';

/** What became of something that a marketplace was told. */
export type MarketplaceWordState =
  /** It waits, or is on its way. */
  | 'ASKED'
  /** It was taken in. */
  | 'TAKEN'
  /** It was refused. */
  | 'REFUSED';

/** The states of an order, derived from its units and its holds. */
export type OrderStatus =
  /** A hold keeps it from going on. */
  | 'HELD'
  /** Captured; nothing has begun. */
  | 'RECEIVED'
  /** Being worked on. */
  | 'PROCESSING'
  /** Refused: it could not be served. */
  | 'REJECTED'
  /** Some units have left. */
  | 'PARTIALLY_SHIPPED'
  /** All units have left. */
  | 'SHIPPED'
  /** Some units have arrived. */
  | 'PARTIALLY_DELIVERED'
  /** All units have arrived. */
  | 'DELIVERED'
  /** Some units came back. */
  | 'PARTIALLY_RETURNED'
  /** All units came back. */
  | 'RETURNED'
  /** Called off. */
  | 'CANCELLED'
  /** Nothing more can happen. */
  | 'CLOSED';

/** The sums of an order. */
export type OrderTotals = {
  readonly __typename?: 'OrderTotals';
  /** All lines at their unit price. */
  readonly items: Money;
  /** What is taken off the prices of single lines; not negative. */
  readonly lineDiscounts: Money;
  /** All charges; discounts are negative. */
  readonly charges: Money;
  /** All taxes, whether the prices include them or not. */
  readonly tax: Money;
  /** What the customer pays. */
  readonly grand: Money;
};

/** One kind of goods in an order. */
export type OrderLine = {
  readonly __typename?: 'OrderLine';
  /** Given by the hub. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first. */
  readonly lineNo: Scalars['Int']['output'];
  /** What was bought; null while what is asked of it cannot be answered. */
  readonly sku: Maybe<Sku>;
  /** How much was bought. */
  readonly ordered: Scalars['Quantity']['output'];
  /** How much of that changes took out again; it is no part of the price. */
  readonly takenOut: Scalars['Quantity']['output'];
  /** What it was put in the place of; null: it was ordered so. */
  readonly substituteFor: Maybe<LineSubstitution>;
  /** For one base unit. */
  readonly unitPrice: Money;
  /** What is taken off its price. */
  readonly discounts: ReadonlyArray<LineDiscount>;
  /** What of it is tax, or is added as tax. */
  readonly taxes: ReadonlyArray<Tax>;
  /** What it is of the whole order, to the minor unit: the sums over all lines are those of the order. */
  readonly totals: OrderLineTotals;
  /** How it comes to the customer. */
  readonly fulfilment: LineFulfilment;
  /** Where the customer collects it; null when it is sent. */
  readonly pickupLocation: Maybe<Location>;
  /** The location that serves it; null while none is chosen. */
  readonly location: Maybe<Location>;
  /** How much of it is in which state; together they are what was ordered. */
  readonly states: ReadonlyArray<LineStateQuantity>;
  /** When it should arrive, as the customer was first told; null while nobody can say. */
  readonly promise: Maybe<DeliveryPromise>;
  /** When it should arrive, as it looks now; null while nobody can say. */
  readonly expected: Maybe<DeliveryPromise>;
  /** Why its location was chosen, the newest decision; null when there was none. */
  readonly sourcingDecision: Maybe<SourcingDecision>;
};

/** How a line comes to the customer. */
export type LineFulfilment =
  /** It is sent. */
  | 'SHIP'
  /** The customer collects it. */
  | 'PICKUP';

/** What waits at a location to be collected. */
export type OrderPickup = {
  readonly __typename?: 'OrderPickup';
  /** Where; null while what is asked of it cannot be answered. */
  readonly location: Maybe<Location>;
  /** When the newest of it was ready. */
  readonly readyAt: Scalars['DateTime']['output'];
  /** What is not collected by then is called off. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** What waits there. */
  readonly lines: ReadonlyArray<ShipmentLine>;
};

/** Goods of an order that are brought to where they are collected. */
export type OrderTransfer = {
  readonly __typename?: 'OrderTransfer';
  /** That of the transfer in the ledger. */
  readonly id: Scalars['ID']['output'];
  /** Where they come from; null while what is asked of it cannot be answered. */
  readonly from: Maybe<Location>;
  /** Where they are collected; null while what is asked of it cannot be answered. */
  readonly to: Maybe<Location>;
  /** How far it has come. */
  readonly status: OrderTransferStatus;
  /** Line by line. */
  readonly lines: ReadonlyArray<OrderTransferLine>;
};

/** How far a transfer has come. */
export type OrderTransferStatus =
  /** Asked for. */
  | 'DRAFT'
  /** Bound where it leaves. */
  | 'APPROVED'
  /** Ready to leave. */
  | 'READY'
  /** On its way. */
  | 'IN_TRANSIT'
  /** A part of it has arrived, or is lost. */
  | 'PARTIALLY_RECEIVED'
  /** Nothing is outstanding. */
  | 'RECEIVED'
  /** Called off. */
  | 'CANCELLED';

/** What of a line is brought. */
export type OrderTransferLine = {
  readonly __typename?: 'OrderTransferLine';
  /** The line. */
  readonly orderLine: OrderLine;
  /** Still to arrive for it. */
  readonly coming: Scalars['Quantity']['output'];
  /** Arrived for it. */
  readonly arrived: Scalars['Quantity']['output'];
};

/** What a location has to do for an order. */
export type OrderWork = {
  readonly __typename?: 'OrderWork';
  /** Where; null while what is asked of it cannot be answered. */
  readonly location: Maybe<Location>;
  /** When the newest of it was released; null when nothing was yet. */
  readonly releasedAt: Maybe<Scalars['DateTime']['output']>;
  /** When the location took it on; null when it has not. */
  readonly acceptedAt: Maybe<Scalars['DateTime']['output']>;
  /** When what waits there has to be collected; null when nothing waits. */
  readonly expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** Line by line, step by step. */
  readonly tasks: ReadonlyArray<WorkTask>;
  /** Goods that it has to send to where they are collected, or that are on their way to it; they are told as transfers. */
  readonly transfers: ReadonlyArray<OrderTransfer>;
};

/** One step of the work on a line. */
export type WorkTask = {
  readonly __typename?: 'WorkTask';
  /** The line. */
  readonly orderLine: OrderLine;
  /** What is to be done next. */
  readonly step: FulfilmentStep;
  /** How much. */
  readonly quantity: Scalars['Quantity']['output'];
};

/** A page of a pick list. */
export type PickListConnection = {
  readonly __typename?: 'PickListConnection';
  /** The work with the cursors to page by. */
  readonly edges: ReadonlyArray<PickListEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** Work in a pick list. */
export type PickListEdge = {
  readonly __typename?: 'PickListEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The order that has work there; what it is says `work`. */
  readonly node: Order;
};

/** What a line was put in the place of. */
export type LineSubstitution = {
  readonly __typename?: 'LineSubstitution';
  /** The line whose units could not be had. */
  readonly line: OrderLine;
  /** How many of its units. */
  readonly quantity: Scalars['Quantity']['output'];
  /** By which rule its price was made. */
  readonly priceRule: SubstitutePriceRule;
  /** Who proposed it. */
  readonly by: Scalars['String']['output'];
};

/** What the customer pays for something else than was ordered. */
export type SubstitutePriceRule =
  /** Whichever costs less. */
  | 'LOWER_OF'
  /** What was to be paid for what it takes the place of. */
  | 'SAME'
  /** Its own price. */
  | 'SUBSTITUTE_PRICE';

/** Something that is taken off the price of a line. */
export type LineDiscount = {
  readonly __typename?: 'LineDiscount';
  /** The promotion that it comes from; null when it is of none. */
  readonly promotion: Maybe<Scalars['String']['output']>;
  /** In the words of the channel. */
  readonly description: Scalars['String']['output'];
  /** More than nothing, for the whole line. */
  readonly amount: Money;
};

/** A tax. */
export type Tax = {
  readonly __typename?: 'Tax';
  /** Who levies it. */
  readonly jurisdiction: Scalars['String']['output'];
  /** In percent, such as "20" or "8.875". */
  readonly ratePercent: Scalars['String']['output'];
  /** For the whole line or charge. */
  readonly amount: Money;
};

/** What a line is of its order. */
export type OrderLineTotals = {
  readonly __typename?: 'OrderLineTotals';
  /** At its unit price. */
  readonly items: Money;
  /** What is taken off it, its part of the discounts on the whole order included; not negative. */
  readonly discounts: Money;
  /** Its part of the carriage. */
  readonly shipping: Money;
  /** Its part of all other charges. */
  readonly otherCharges: Money;
  /** Its taxes, and its part of those on charges. */
  readonly tax: Money;
  /** What the customer pays for it. */
  readonly grand: Money;
};

/** How much of a line is in one state. */
export type LineStateQuantity = {
  readonly __typename?: 'LineStateQuantity';
  /** The state. */
  readonly state: LineState;
  /** How much. */
  readonly quantity: Scalars['Quantity']['output'];
};

/** The states of a unit of an order line. */
export type LineState =
  /** Known to the hub. */
  | 'CAPTURED'
  /** Stock is claimed for it. */
  | 'RESERVED'
  /** Waits for supply. */
  | 'BACKORDERED'
  /** Bound to a location. */
  | 'ALLOCATED'
  /** Handed to the location as work. */
  | 'RELEASED'
  /** Called off, and the location is asked to stop. */
  | 'CANCEL_REQUESTED'
  /** Taken from the shelf. */
  | 'PICKED'
  /** In a parcel. */
  | 'PACKED'
  /** Waits at the counter. */
  | 'READY_FOR_PICKUP'
  /** Left the location. */
  | 'SHIPPED'
  /** With the customer. */
  | 'DELIVERED'
  /** Lost on the way. */
  | 'LOST'
  /** Came back. */
  | 'RETURNED'
  /** Replaced by something else. */
  | 'SUBSTITUTED'
  /** Called off. */
  | 'CANCELLED'
  /** Could not be served. */
  | 'REJECTED'
  /** Nothing more can happen. */
  | 'CLOSED';

/** An amount of an order that is no goods. */
export type OrderCharge = {
  readonly __typename?: 'OrderCharge';
  /** What it is for. */
  readonly kind: OrderChargeKind;
  /** In the words of the channel. */
  readonly description: Scalars['String']['output'];
  /** Negative for a discount. */
  readonly amount: Money;
};

/** What a charge is for. */
export type OrderChargeKind =
  /** Carriage. */
  | 'SHIPPING'
  /** A reduction. */
  | 'DISCOUNT'
  /** A fee of the channel, a bank or a marketplace. */
  | 'FEE'
  /** Anything else that is no goods. */
  | 'OTHER';

/** A parcel or a hand-over. */
export type Shipment = {
  readonly __typename?: 'Shipment';
  /** Given by the hub. */
  readonly id: Scalars['ID']['output'];
  /** Where it left; null while what is asked of it cannot be answered. */
  readonly location: Maybe<Location>;
  /** Who carries it; null for a hand-over. */
  readonly carrier: Maybe<Scalars['String']['output']>;
  /** To follow it with the carrier. */
  readonly trackingNumber: Maybe<Scalars['String']['output']>;
  /** When it left. */
  readonly shippedAt: Scalars['DateTime']['output'];
  /** When it arrived; null while nobody has told. */
  readonly deliveredAt: Maybe<Scalars['DateTime']['output']>;
  /** When it was taken to have arrived, because nobody told anything of it; null when it was not. */
  readonly presumedDeliveredAt: Maybe<Scalars['DateTime']['output']>;
  /** The label that it left with, where the hub bought it; null when it did not. */
  readonly label: Maybe<ShipmentLabel>;
  /** Where it is, as its carrier tells it; null when none was asked, or it has told nothing yet. */
  readonly tracking: Maybe<ParcelTracking>;
  /** What showed that it went to the one it was meant for; null for what was sent. */
  readonly handOver: Maybe<HandOver>;
  /** What is in it. */
  readonly lines: ReadonlyArray<ShipmentLine>;
};

/** What showed that goods went to the one they were meant for. */
export type HandOver = {
  readonly __typename?: 'HandOver';
  /** What was looked at. */
  readonly proof: HandOverProof;
  /** Such as the last digits of a document; null when nothing was written down. */
  readonly reference: Maybe<Scalars['String']['output']>;
};

/** What may show who collects goods. */
export type HandOverProof =
  /** The code that the customer was sent. */
  | 'PICKUP_CODE'
  /** An identity document. */
  | 'ID_DOCUMENT'
  /** A signature. */
  | 'SIGNATURE'
  /** The card that the order was paid with. */
  | 'PAYMENT_CARD';

/** Where a parcel is, as its carrier tells it. */
export type ParcelTracking = {
  readonly __typename?: 'ParcelTracking';
  /** The newest that is known. */
  readonly status: ParcelStatus;
  /** In the words of the carrier. */
  readonly detail: Maybe<Scalars['String']['output']>;
  /** Where it was seen. */
  readonly place: Maybe<Scalars['String']['output']>;
  /** When the carrier saw it. */
  readonly seenAt: Scalars['DateTime']['output'];
};

/** Where a parcel may be. */
export type ParcelStatus =
  /** There is a label; the carrier has not seen it. */
  | 'ANNOUNCED'
  /** On its way. */
  | 'IN_TRANSIT'
  /** With whoever brings it. */
  | 'OUT_FOR_DELIVERY'
  /** The customer has to fetch it. */
  | 'AWAITING_PICKUP'
  /** With the customer. */
  | 'DELIVERED'
  /** Held up. */
  | 'EXCEPTION'
  /** Nobody will find it again. */
  | 'LOST'
  /** Going back to where it came from. */
  | 'RETURNED';

/** What a parcel travels on. */
export type ShipmentLabel = {
  readonly __typename?: 'ShipmentLabel';
  /** What its carrier calls it. */
  readonly reference: Scalars['String']['output'];
  /** What it cost. */
  readonly cost: Money;
  /** Where it can be printed from. */
  readonly documentUrl: Scalars['String']['output'];
};

/** A label for what a location is to send, from the asking on. */
export type ParcelLabel = {
  readonly __typename?: 'ParcelLabel';
  /** Given by the hub; its carrier names it with all that it tells of the parcel. */
  readonly id: Scalars['ID']['output'];
  /** Where the parcel leaves; null while what is asked of it cannot be answered. */
  readonly location: Maybe<Location>;
  /** How it stands. */
  readonly status: ParcelLabelStatus;
  /** Who carries it; null until it is bought. */
  readonly carrier: Maybe<Scalars['String']['output']>;
  /** To follow it with the carrier; null until it is bought. */
  readonly trackingNumber: Maybe<Scalars['String']['output']>;
  /** What its carrier calls it, what it cost, and where it can be printed from; null until it is bought. */
  readonly label: Maybe<ShipmentLabel>;
  /** Why it was refused or kept; null otherwise. */
  readonly because: Maybe<Scalars['String']['output']>;
};

/** How a label stands. */
export type ParcelLabelStatus =
  /** It is being bought. */
  | 'ASKED'
  /** It can be printed. */
  | 'BOUGHT'
  /** It is on a parcel that left. */
  | 'USED'
  /** It is not needed any more, and is being given back. */
  | 'VOIDING'
  /** It was given back. */
  | 'VOIDED'
  /** It is not needed any more, and could not be given back. */
  | 'KEPT'
  /** It could not be bought. */
  | 'REFUSED';

/** What of one line is in a parcel. */
export type ShipmentLine = {
  readonly __typename?: 'ShipmentLine';
  /** The line. */
  readonly orderLine: OrderLine;
  /** How much. */
  readonly quantity: Scalars['Quantity']['output'];
};

/** One tender of an order. */
export type Payment = {
  readonly __typename?: 'Payment';
  /** Given by the hub. */
  readonly id: Scalars['ID']['output'];
  /** How it is paid. */
  readonly tender: Tender;
  /** Who holds the money; null when the channel takes it by itself. */
  readonly provider: Maybe<Scalars['ID']['output']>;
  /** How it stands with its provider; null without one. */
  readonly status: Maybe<PaymentStatus>;
  /** When the money is taken. */
  readonly captureAt: CaptureMoment;
  /** Until when the promise is good; null when it is not told. */
  readonly expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** Promised by the tender. */
  readonly authorized: Money;
  /** Being taken: its provider has not said yet what became of it. */
  readonly capturing: Money;
  /** Taken back by the customer's bank. */
  readonly chargedBack: Money;
  /** Taken. */
  readonly captured: Money;
  /** Given back. */
  readonly refunded: Money;
  /** The provider's id of the payment; null without a provider, and until it is known. */
  readonly reference: Maybe<Scalars['String']['output']>;
  /** What its provider was asked for, or did unasked, the oldest first. */
  readonly operations: ReadonlyArray<PaymentOperation>;
};

/** Something that the provider of a payment was asked for, or did unasked. */
export type PaymentOperation = {
  readonly __typename?: 'PaymentOperation';
  /** The key under which it was asked for, or what its provider calls what nobody asked for. */
  readonly id: Scalars['ID']['output'];
  /** What. */
  readonly kind: PaymentOperationKind;
  /** How much. */
  readonly amount: Money;
  /** What became of it. */
  readonly state: PaymentOperationState;
};

/** What the provider of a payment does. */
export type PaymentOperationKind =
  /** Takes money that was promised. */
  | 'CAPTURE'
  /** Gives up a promise. */
  | 'VOID'
  /** Gives money back. */
  | 'REFUND'
  /** Has had to give money to the customer's bank. */
  | 'CHARGEBACK';

/** What became of something that the provider of a payment was asked for. */
export type PaymentOperationState =
  /** Its provider has not said yet. */
  | 'ASKED'
  /** It is done. */
  | 'DONE'
  /** It was not done. */
  | 'FAILED'
  /** It was done, and undone later. */
  | 'REVERSED';

/** How the taxes of an order stand with the tax system of its channel. */
export type OrderTaxCheck = {
  readonly __typename?: 'OrderTaxCheck';
  /** The tax system, by its name as a source. */
  readonly system: Scalars['ID']['output'];
  /** Where the goods are taxed, ISO 3166 alpha-2. */
  readonly country: Scalars['String']['output'];
  /** Whether the taxes of the order are those of the system, to the minor unit on every line. */
  readonly state: TaxCheckState;
  /** The system's id of its quote; null before it has answered. */
  readonly quote: Maybe<Scalars['String']['output']>;
  /** The taxes of the whole order by that quote; null before it has answered. */
  readonly quoted: Maybe<Money>;
  /** Whether the taxes of what has left are booked. */
  readonly booking: TaxBookingState;
  /** What the system calls the booking; null before, and of bookings from before it was kept. */
  readonly document: Maybe<Scalars['String']['output']>;
};

/** Whether the taxes of an order are those of the tax system. */
export type TaxCheckState =
  /** The system is to be asked. */
  | 'NEW'
  /** The system is asked. */
  | 'ASKED'
  /** They are. */
  | 'MATCHED'
  /** They are others. */
  | 'DIFFERS'
  /** The system could not say. */
  | 'FAILED';

/** Whether the taxes of an order are booked. */
export type TaxBookingState =
  /** Something of the order is still to leave, or nothing has left. */
  | 'OPEN'
  /** The system is asked to. */
  | 'ASKED'
  /** They are. */
  | 'BOOKED'
  /** The system said no. */
  | 'REFUSED';

/** How a payment stands with its provider. */
export type PaymentStatus =
  /** Its provider is to be asked. */
  | 'NEW'
  /** Its provider is asked. */
  | 'ASKED'
  /** Somebody else has to answer, such as the customer's bank. */
  | 'PENDING'
  /** The money is promised. */
  | 'AUTHORIZED'
  /** The money is not promised. */
  | 'DECLINED'
  /** The promise has ended. */
  | 'EXPIRED';

/** When money is taken. */
export type CaptureMoment =
  /** When the stock is claimed. */
  | 'PLACEMENT'
  /** When a location is given the work. */
  | 'RELEASE'
  /** When the goods leave. */
  | 'SHIPMENT'
  /** When the goods arrive. */
  | 'DELIVERY';

/** Keeps an order from going on. */
export type OrderHold = {
  readonly __typename?: 'OrderHold';
  /** Given by the hub. */
  readonly id: Scalars['ID']['output'];
  /** What it is about. */
  readonly type: HoldType;
  /** Whether it still keeps the order. */
  readonly state: HoldState;
  /** What may not happen while it is active, and nothing else. */
  readonly blocks: ReadonlyArray<HoldBlock>;
  /** Who placed it. */
  readonly placedBy: Scalars['String']['output'];
  /** Who allowed that: a team, a policy, an outside system. */
  readonly authority: Scalars['String']['output'];
  /** Why. */
  readonly reason: Scalars['String']['output'];
  /** When it was placed. */
  readonly placedAt: Scalars['DateTime']['output'];
  /** When it ends by itself; null: never. */
  readonly expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** The lines that it is about; empty: the whole order. */
  readonly lines: ReadonlyArray<Scalars['ID']['output']>;
  /** How it ended; null while it is active. */
  readonly ended: Maybe<OrderHoldEnd>;
};

/** How a hold ended. */
export type OrderHoldEnd = {
  readonly __typename?: 'OrderHoldEnd';
  /** Who ended it. */
  readonly by: Scalars['String']['output'];
  /** Who allowed that. */
  readonly authority: Scalars['String']['output'];
  /** Why. */
  readonly reason: Scalars['String']['output'];
  /** When. */
  readonly endedAt: Scalars['DateTime']['output'];
};

/** What a hold is about. */
export type HoldType =
  /** Whether the order is a fraud. */
  | 'FRAUD_REVIEW'
  /** The money is not promised yet, or could not be taken. */
  | 'PAYMENT_PENDING'
  /** The taxes are not confirmed. */
  | 'TAX_PENDING'
  /** Nothing can be sent to the address. */
  | 'ADDRESS_INVALID'
  /** Something in it means nothing to another system. */
  | 'MAPPING_ERROR'
  /** Stock is missing. */
  | 'INVENTORY_SHORT'
  /** The goods are not sold yet. */
  | 'PREORDER_DATE'
  /** The marketplace has not let it go. */
  | 'MARKETPLACE_PENDING'
  /** Something has to come back first. */
  | 'AWAITING_RETURN'
  /** Customer service looks at it. */
  | 'CS_REVIEW'
  /** Law or policy forbids to go on. */
  | 'COMPLIANCE';

/** Whether a hold keeps its order. */
export type HoldState =
  /** It does. */
  | 'ACTIVE'
  /** The order may go on. */
  | 'RESOLVED'
  /** What it waited for was denied; the order is called off as far as it had not left. */
  | 'REJECTED';

/** What a hold keeps from happening. */
export type HoldBlock =
  /** Locations are chosen. */
  | 'ALLOCATE'
  /** Locations are given work. */
  | 'RELEASE'
  /** Goods leave. */
  | 'SHIP'
  /** Money is taken. */
  | 'CAPTURE';

/** How something is paid. */
export type Tender =
  /** Card. */
  | 'CARD'
  /** Wallet. */
  | 'WALLET'
  /** Gift card. */
  | 'GIFT_CARD'
  /** Store credit. */
  | 'STORE_CREDIT'
  /** Notes and coins. */
  | 'CASH'
  /** The marketplace collects it. */
  | 'MARKETPLACE'
  /** On account. */
  | 'INVOICE';

/** A receipt as the POS keeps it. */
export type StoreReceipt = {
  readonly __typename?: 'StoreReceipt';
  /** The number printed on it. */
  readonly number: Scalars['String']['output'];
  /** The till. */
  readonly register: Maybe<Scalars['String']['output']>;
  /** Who served. */
  readonly cashier: Maybe<Scalars['String']['output']>;
  /** When it was printed. */
  readonly printedAt: Scalars['DateTime']['output'];
};

/** A page of the timeline. */
export type TimelineConnection = {
  readonly __typename?: 'TimelineConnection';
  /** The entries with the cursors to page by. */
  readonly edges: ReadonlyArray<TimelineEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** An entry in a page. */
export type TimelineEdge = {
  readonly __typename?: 'TimelineEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: TimelineEntry;
};

/** One thing that happened to an order, in any system. */
export type TimelineEntry = {
  readonly __typename?: 'TimelineEntry';
  /** Unique. */
  readonly id: Scalars['ID']['output'];
  /** What happened, such as ORDER_PLACED or SHIPMENT_RECORDED. */
  readonly type: Scalars['String']['output'];
  /** In one sentence. */
  readonly summary: Scalars['String']['output'];
  /** When it happened where it happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When the hub knew. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** How much later the hub knew, in milliseconds; negative when that system's clock is ahead. */
  readonly lagMs: Scalars['SafeInteger']['output'];
  /** The system that told it. */
  readonly source: Scalars['String']['output'];
  /** The message that proves it, in that system. */
  readonly evidence: Scalars['String']['output'];
  /** Whether somebody told it. */
  readonly origin: TimelineOrigin;
  /** Who may see it. */
  readonly visibility: TimelineVisibility;
  /** The lines that it is about; empty for the whole order. */
  readonly lines: ReadonlyArray<OrderLine>;
};

/** Whether somebody told what a timeline entry says. */
export type TimelineOrigin =
  /** A system or a person did. */
  | 'OBSERVED'
  /** Nobody did; it must have happened. */
  | 'INFERRED';

/** Who may see a timeline entry. */
export type TimelineVisibility =
  /** The customer, agents, everybody inside. */
  | 'CUSTOMER'
  /** Agents and everybody inside. */
  | 'AGENT'
  /** Everybody inside. */
  | 'INTERNAL';

/** A page of orders. */
export type OrderConnection = {
  readonly __typename?: 'OrderConnection';
  /** The orders with the cursors to page by. */
  readonly edges: ReadonlyArray<OrderEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** A page of the orders that are looked for. */
export type OrderSearchConnection = {
  readonly __typename?: 'OrderSearchConnection';
  /** The orders with the cursors to page by. */
  readonly edges: ReadonlyArray<OrderEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
  /** How many orders match, of all pages together; at most 10,000. */
  readonly totalCount: Scalars['Int']['output'];
  /**
   * False: more orders match than `totalCount`; or every single condition is met by more than 100,000 orders, of which too few meet
   * all to be counted in the time that a search may take.
   */
  readonly isTotalExact: Scalars['Boolean']['output'];
  /** False while orders from before the index are still being taken in; they may be missing. */
  readonly isComplete: Scalars['Boolean']['output'];
};

/** An order in a list. */
export type OrderEdge = {
  readonly __typename?: 'OrderEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The order. */
  readonly node: Order;
};

/** Where a page lies in its list. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Whether more follow. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** The cursor of the last entry; null on an empty page. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
};

/** What orders are looked for by. All that is given holds together; a list names what is accepted, at most 50. */
export type OrderSearchInput = {
  /**
   * Up to 10 words. Each is, or is the beginning of at least 3 characters of, a word of the number, the customer reference, the
   * postal code, a SKU, a tracking number, a delivery number or the provider's reference of a payment. Case, accents and signs make
   * no difference. The whole id of an order is found as well.
   */
  readonly text?: InputMaybe<Scalars['String']['input']>;
  /** The numbers that channels gave them, exactly. */
  readonly externalIds?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** As the channel knows them, exactly. */
  readonly customers?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Who sold them. */
  readonly channels?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** With units that are, or were, at one of these locations. */
  readonly locations?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** As they stand now. */
  readonly statuses?: InputMaybe<ReadonlyArray<OrderStatus>>;
  /** With a line of one of these. */
  readonly skus?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Placed then or later. */
  readonly placedFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Placed earlier. */
  readonly placedBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** With a line of which the customer was told that it arrives by one of these days. */
  readonly promisedBy?: InputMaybe<PromisedDaysInput>;
};

/** Days, both included; at most 62. */
export type PromisedDaysInput = {
  /** The first day, such as 2026-12-24. */
  readonly from: Scalars['String']['input'];
  /** The last day. */
  readonly until: Scalars['String']['input'];
};

/** An order to be placed. */
export type PlaceOrderInput = {
  /** Who sells it. */
  readonly channel: Scalars['ID']['input'];
  /** The number that the channel gave it. The same number with the same content answers the same order again. */
  readonly externalId: Scalars['String']['input'];
  /**
   * The customer as the channel knows them; a shopper's own by default, and no other. A name of 1 to 200 characters without control
   * characters or blanks around it; the hub has no register of customers, and looks none up.
   */
  readonly customer?: InputMaybe<Scalars['String']['input']>;
  /** In which the customer is told what becomes of it, such as `de-AT`; absent: in that of the channel. */
  readonly language?: InputMaybe<Scalars['String']['input']>;
  /** Where it goes; absent: that of `shipTo`, or it is sourced without a distance. */
  readonly destination?: InputMaybe<DestinationInput>;
  /** To whom it is sent, for labels that the hub buys. Kept apart from the order, and forgotten when nothing is to be sent any more. */
  readonly shipTo?: InputMaybe<PostalAddressInput>;
  /** 1 to 500 lines. */
  readonly lines: ReadonlyArray<PlaceOrderLineInput>;
  /** Carriage, discounts, fees; at most 50. */
  readonly charges?: ReadonlyArray<OrderChargeInput>;
  /** How it is paid; the amounts together are the grand total. 1 to 10. */
  readonly tenders: ReadonlyArray<TenderInput>;
  /** False: taxes are added to the prices of lines and charges. */
  readonly pricesIncludeTax?: Scalars['Boolean']['input'];
};

/** An address as it stands on a label. */
export type PostalAddress = {
  readonly __typename?: 'PostalAddress';
  /** Who gets it. */
  readonly name: Scalars['String']['output'];
  /** With its number. */
  readonly street: Scalars['String']['output'];
  /** Where it is. */
  readonly city: Scalars['String']['output'];
  /** As it is written. */
  readonly postalCode: Scalars['String']['output'];
  /** ISO 3166 alpha-2. */
  readonly country: Scalars['String']['output'];
};

/** An address as it stands on a label. */
export type PostalAddressInput = {
  /** Who gets it; at most 200 signs. */
  readonly name: Scalars['String']['input'];
  /** With its number; at most 200 signs. */
  readonly street: Scalars['String']['input'];
  /** At most 200 signs. */
  readonly city: Scalars['String']['input'];
  /** At most 12 signs. */
  readonly postalCode: Scalars['String']['input'];
  /** ISO 3166 alpha-2. */
  readonly country: Scalars['String']['input'];
};

/** One line to be ordered. */
export type PlaceOrderLineInput = {
  /** What. */
  readonly sku: Scalars['ID']['input'];
  /** How much, more than nothing. */
  readonly quantity: Scalars['Quantity']['input'];
  /** For one base unit, as the channel sold it, before discounts. */
  readonly unitPriceMinor: Scalars['SafeInteger']['input'];
  /** What is taken off the price of the line; at most 20. */
  readonly discounts?: ReadonlyArray<LineDiscountInput>;
  /** Its taxes, to the minor unit; at most 20. */
  readonly taxes?: ReadonlyArray<TaxInput>;
  /** Whether the customer takes something else in its place; absent: as the rules of the channel say. */
  readonly allowsSubstitute?: InputMaybe<Scalars['Boolean']['input']>;
  /** The location where the customer collects it; absent: it is sent. */
  readonly pickupAt?: InputMaybe<Scalars['ID']['input']>;
};

/** An amount that is no goods. */
export type OrderChargeInput = {
  /** What it is for. */
  readonly kind: OrderChargeKind;
  /** In the words of the channel. */
  readonly description: Scalars['String']['input'];
  /** Negative for a discount. */
  readonly amountMinor: Scalars['SafeInteger']['input'];
  /** Its taxes, to the minor unit; at most 20. */
  readonly taxes?: ReadonlyArray<TaxInput>;
  /** The promotion that a discount comes from. */
  readonly promotion?: InputMaybe<Scalars['String']['input']>;
};

/** Something that is taken off the price of a line. */
export type LineDiscountInput = {
  /** The promotion that it comes from. */
  readonly promotion?: InputMaybe<Scalars['String']['input']>;
  /** In the words of the channel. */
  readonly description: Scalars['String']['input'];
  /** More than nothing, for the whole line. */
  readonly amountMinor: Scalars['SafeInteger']['input'];
};

/** A tax. */
export type TaxInput = {
  /** Who levies it. */
  readonly jurisdiction: Scalars['String']['input'];
  /** In percent, such as "20" or "8.875". */
  readonly ratePercent: Scalars['String']['input'];
  /** For the whole line or charge; not negative. */
  readonly amountMinor: Scalars['SafeInteger']['input'];
};

/** One tender. */
export type TenderInput = {
  /** How it is paid. */
  readonly tender: Tender;
  /** How much of the total, more than nothing. */
  readonly amountMinor: Scalars['SafeInteger']['input'];
  /** Who holds the money. Absent: the channel takes it by itself. */
  readonly provider?: InputMaybe<PaymentProviderInput>;
};

/** How money is found at its provider: by a token or by a reference. */
export type PaymentProviderInput = {
  /** The payment system, by its name as a source. */
  readonly system: Scalars['ID']['input'];
  /** Stands for the means of payment: the hub has it authorised while it places the order. */
  readonly token?: InputMaybe<Scalars['String']['input']>;
  /** The provider's id of a payment that the channel has had authorised. */
  readonly reference?: InputMaybe<Scalars['ID']['input']>;
};

/** What came of placing. */
export type PlaceOrderPayload = {
  readonly __typename?: 'PlaceOrderPayload';
  /** The order. */
  readonly order: Order;
  /** The change of orders that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** An order to be called off, as far as it has not left. */
export type CancelOrderInput = {
  /** Which. */
  readonly order: Scalars['ID']['input'];
  /** Why. */
  readonly reason?: CancelReason;
  /** Only so much of these lines; absent: everything. Units that have gone too far make it refused. */
  readonly lines?: InputMaybe<ReadonlyArray<OrderLineQuantityInput>>;
  /** Needed with lines: the same key with the same content calls nothing off again. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** How much of a line. */
export type OrderLineQuantityInput = {
  /** Which line. */
  readonly line: Scalars['ID']['input'];
  /** How much, more than nothing. */
  readonly quantity: Scalars['Quantity']['input'];
};

/** A change of what is bought, all of it or nothing. What is left out stays as it is. */
export type EditOrderInput = {
  /** Which order. */
  readonly order: Scalars['ID']['input'];
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** The revision that the change is meant for; refused with STALE_REVISION when the order is at another. */
  readonly expectedRevision: Scalars['Int']['input'];
  /** Why. */
  readonly reason: Scalars['String']['input'];
  /** Who allows other prices: a team, a policy. Needed where prices or carriage are told. */
  readonly authority?: InputMaybe<Scalars['String']['input']>;
  /** What is bought besides. */
  readonly addLines?: ReadonlyArray<PlaceOrderLineInput>;
  /** Units more of lines. */
  readonly addUnits?: ReadonlyArray<OrderLineQuantityInput>;
  /** Units less of lines; those of which the least was done go first. */
  readonly takeUnits?: ReadonlyArray<OrderLineQuantityInput>;
  /** Other prices of lines of which nothing has left. */
  readonly prices?: ReadonlyArray<OrderLinePriceInput>;
  /** In the place of all charges for carriage. */
  readonly shipping?: InputMaybe<OrderShippingInput>;
  /** Where it goes instead; absent: that of `shipTo`. Refused once it is on its way to the old address. */
  readonly destination?: InputMaybe<DestinationInput>;
  /** To whom it is sent instead. Systems that work on it are told, where they take another address; elsewhere it is refused. */
  readonly shipTo?: InputMaybe<PostalAddressInput>;
  /** Who pays what it costs more; absent: whoever promised the rest. */
  readonly tenders?: ReadonlyArray<TenderInput>;
};

/** Another price of a line. */
export type OrderLinePriceInput = {
  /** Which line. */
  readonly line: Scalars['ID']['input'];
  /** For one base unit; absent: as before. */
  readonly unitPriceMinor?: InputMaybe<Scalars['SafeInteger']['input']>;
  /** Absent: as before. */
  readonly discounts?: InputMaybe<ReadonlyArray<LineDiscountInput>>;
  /** Of the whole line; absent: in proportion to what it costs. */
  readonly taxes?: InputMaybe<ReadonlyArray<TaxInput>>;
};

/** What carriage costs. */
export type OrderShippingInput = {
  /** In the words of the channel. */
  readonly description: Scalars['String']['input'];
  /** Not negative. */
  readonly amountMinor: Scalars['SafeInteger']['input'];
  /** Its taxes, to the minor unit; at most 20. */
  readonly taxes?: ReadonlyArray<TaxInput>;
};

/** What came of a change. */
export type EditOrderPayload = {
  readonly __typename?: 'EditOrderPayload';
  /** The order as it is now. */
  readonly order: Order;
  /** The change of orders that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** Something else in the place of units that cannot be had. */
export type SubstituteLineInput = {
  /** Which order. */
  readonly order: Scalars['ID']['input'];
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** The line whose units cannot be had. */
  readonly line: Scalars['ID']['input'];
  /** How many of its units. */
  readonly quantity: Scalars['Quantity']['input'];
  /** What takes their place. How much of it follows from the rules of the channel. */
  readonly substitute: Scalars['ID']['input'];
  /** For one base unit of it, as the channel sells it; may be left out where the price stays the same. */
  readonly unitPriceMinor?: InputMaybe<Scalars['SafeInteger']['input']>;
  /** The store that has it at hand in the place of what it was given to pick; absent: nobody has begun the units. */
  readonly location?: InputMaybe<Scalars['ID']['input']>;
  /** The units are missing at the location, and nobody else is to be promised them. */
  readonly isMissing?: Scalars['Boolean']['input'];
};

/** What came of a substitution. */
export type SubstituteLinePayload = {
  readonly __typename?: 'SubstituteLinePayload';
  /** The order as it is now. */
  readonly order: Order;
  /** The change of orders that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** Why an order is called off. */
export type CancelReason =
  /** The customer wants it so. */
  | 'CUSTOMER'
  /** It cannot be served. */
  | 'OUT_OF_STOCK'
  /** It is a fraud. */
  | 'FRAUD'
  /** It was placed twice. */
  | 'DUPLICATE'
  /** The price was wrong. */
  | 'PRICE_ERROR'
  /** Nothing can be sent to the address. */
  | 'ADDRESS'
  /** The money cannot be had. */
  | 'PAYMENT_FAILED';

/** A hold to be placed on an order. */
export type PlaceHoldInput = {
  /** Which order. */
  readonly order: Scalars['ID']['input'];
  /** The same key with the same content places no second hold; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** What it is about. */
  readonly type: HoldType;
  /** What it blocks; absent: what is usual for its type. */
  readonly blocks?: InputMaybe<ReadonlyArray<HoldBlock>>;
  /** Why. */
  readonly reason: Scalars['String']['input'];
  /** Who allows it: a team, a policy. */
  readonly authority: Scalars['String']['input'];
  /** When it ends by itself; absent: never. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What came of placing a hold. */
export type PlaceHoldPayload = {
  readonly __typename?: 'PlaceHoldPayload';
  /** The order as it is now. */
  readonly order: Order;
  /** The change of orders that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** Who of those that wait for stock is covered first. */
export type PrioritiseOrderInput = {
  /** Which order. */
  readonly order: Scalars['ID']['input'];
  /** The same key with the same content says it once; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 0 to 9, the highest first; absent: as the rules say again. */
  readonly priority?: InputMaybe<Scalars['Int']['input']>;
  /** Why. */
  readonly reason: Scalars['String']['input'];
  /** Who allows it: a team, a policy. */
  readonly authority: Scalars['String']['input'];
};

/** What came of saying who is covered first. */
export type PrioritiseOrderPayload = {
  readonly __typename?: 'PrioritiseOrderPayload';
  /** The order as it is now. */
  readonly order: Order;
  /** The change of orders that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** A customer. The hub knows names, orders and returns, and keeps no profile. */
export type Customer = {
  readonly __typename?: 'Customer';
  /** As channels name them in their orders. */
  readonly reference: Scalars['ID']['output'];
  /** What other systems call them, such as a CRM, a loyalty programme or an ERP: at most 100, by the name of the system. Empty for whoever may not act on the orders of all customers. */
  readonly references: ReadonlyArray<CustomerReference>;
  /** What they ordered, the newest first. */
  readonly orders: OrderConnection;
};


/** A customer. The hub knows names, orders and returns, and keeps no profile. */
export type CustomerOrdersArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** What a system calls a customer. */
export type CustomerReference = {
  readonly __typename?: 'CustomerReference';
  /** The system. */
  readonly system: Scalars['String']['output'];
  /** Its name for the customer, letter by letter. */
  readonly reference: Scalars['String']['output'];
  /** When somebody said so. */
  readonly linkedAt: Scalars['DateTime']['output'];
};

/** What a system calls a customer. */
export type CustomerReferenceInput = {
  /** The customer as channels name them; 1 to 200 characters. */
  readonly customer: Scalars['ID']['input'];
  /** The system; 1 to 200 characters. */
  readonly system: Scalars['String']['input'];
  /** Its name for the customer; 1 to 200 characters. */
  readonly reference: Scalars['String']['input'];
};

/** A customer whose references were changed. */
export type CustomerReferencePayload = {
  readonly __typename?: 'CustomerReferencePayload';
  /** The customer as they are known now. */
  readonly customer: Customer;
};

/** Somebody who is to be forgotten. */
export type EraseCustomerInput = {
  /** Whom, as channels name the customer. Absent: whose orders are named. */
  readonly customer?: InputMaybe<Scalars['ID']['input']>;
  /** Orders besides, such as those of a guest; at most 500. */
  readonly orders?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Other words by which the person is known, such as a name, a street, an address of mail: texts that hold one are erased as a whole. At most 20, of 3 to 200 characters. */
  readonly texts?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Why. 1 to 1,000 characters; kept, so it should not name anybody. */
  readonly reason: Scalars['String']['input'];
};

/** How far an erasure has come. */
export type EraseCustomerPayload = {
  readonly __typename?: 'EraseCustomerPayload';
  /** The pseudonym that stands in the place of the customer; names the erasure on timelines. */
  readonly erasure: Scalars['ID']['output'];
  /** Whether nothing of the customer is under way any more. Otherwise the rest is erased by itself when it has ended. */
  readonly isComplete: Scalars['Boolean']['output'];
  /** Orders that were erased now; null when somebody who keeps a part did not answer, and it is gone on with later. */
  readonly erasedOrders: Maybe<Scalars['Int']['output']>;
  /** Orders under way. */
  readonly openOrders: Maybe<Scalars['Int']['output']>;
  /** Returns under way. */
  readonly openReturns: Maybe<Scalars['Int']['output']>;
};

/** A hold to be ended. */
export type ResolveHoldInput = {
  /** Which order. */
  readonly order: Scalars['ID']['input'];
  /** Which of its holds. */
  readonly hold: Scalars['ID']['input'];
  /** RESOLVED lets the order go on, REJECTED calls it off as far as it has not left. */
  readonly outcome: HoldOutcome;
  /** Why. */
  readonly reason: Scalars['String']['input'];
  /** Who allows it: a team, a policy. */
  readonly authority: Scalars['String']['input'];
};

/** How a hold is ended. */
export type HoldOutcome =
  /** The order may go on. */
  | 'RESOLVED'
  /** What it waited for is denied. */
  | 'REJECTED';

/** What came of ending a hold. */
export type ResolveHoldPayload = {
  readonly __typename?: 'ResolveHoldPayload';
  /** The order as it is now. */
  readonly order: Order;
  /** The change of orders that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** What came of calling off. */
export type CancelOrderPayload = {
  readonly __typename?: 'CancelOrderPayload';
  /** The order as it is now. */
  readonly order: Order;
  /** The change of orders that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** A step of the work that a store does itself. */
export type FulfilOrderInput = {
  /** Which order. */
  readonly order: Scalars['ID']['input'];
  /** The store that did it. */
  readonly location: Scalars['ID']['input'];
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** What was done. */
  readonly step: FulfilmentStep;
  /** Absent: everything of the order that is at this location and may take the step; a SHORT_PICK names its lines. */
  readonly lines?: InputMaybe<ReadonlyArray<FulfilOrderLineInput>>;
  /** Of HAND_OVER: what shows that it goes to the right one. */
  readonly handOver?: InputMaybe<HandOverInput>;
  /** Of SHIP: with whom the parcel goes; absent: with the label that the hub bought for it, if it did. */
  readonly parcel?: InputMaybe<ParcelInput>;
  /** Of DELIVER: this shipment alone; absent: all that are on their way from there. */
  readonly shipment?: InputMaybe<Scalars['ID']['input']>;
};

/** What shows that goods go to the one they are meant for. */
export type HandOverInput = {
  /** What was looked at. */
  readonly proof: HandOverProof;
  /** Such as the last digits of a document, never the whole of it: at most 100 characters. */
  readonly reference?: InputMaybe<Scalars['String']['input']>;
};

/** With whom a parcel goes. */
export type ParcelInput = {
  /** Who carries it. */
  readonly carrier: Scalars['String']['input'];
  /** To follow it with the carrier. */
  readonly trackingNumber?: InputMaybe<Scalars['String']['input']>;
};

/** Work that a store takes on. */
export type AcceptWorkInput = {
  /** Which order. */
  readonly order: Scalars['ID']['input'];
  /** The store. */
  readonly location: Scalars['ID']['input'];
  /** The same key answers the first outcome again. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What came of taking it on. */
export type AcceptWorkPayload = {
  readonly __typename?: 'AcceptWorkPayload';
  /** The order as it is now. */
  readonly order: Order;
  /** The change of orders that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** How much of a line was done. */
export type FulfilOrderLineInput = {
  /** Which line. */
  readonly line: Scalars['ID']['input'];
  /** How much. */
  readonly quantity: Scalars['Quantity']['input'];
};

/** Steps of the work that a store does itself. */
export type FulfilmentStep =
  /** Taken from the shelf. */
  | 'PICK'
  /** Not found: set apart in the ledger until it is counted, and sourced from elsewhere. */
  | 'SHORT_PICK'
  /** In a parcel. */
  | 'PACK'
  /** Handed to the carrier. */
  | 'SHIP'
  /** With the customer. */
  | 'DELIVER'
  /** At the counter, for the customer to collect. */
  | 'READY'
  /** Collected by the customer. */
  | 'HAND_OVER';

/** What came of a step. */
export type FulfilOrderPayload = {
  readonly __typename?: 'FulfilOrderPayload';
  /** The order as it is now. */
  readonly order: Order;
  /** The change of orders that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** Where an order goes, no closer than sourcing needs it. */
export type DestinationInput = {
  /** ISO 3166 alpha-2, such as GB. */
  readonly country: Scalars['String']['input'];
  /** As it is written there; absent: anywhere in the country. */
  readonly postalCode?: InputMaybe<Scalars['String']['input']>;
  /** In degrees, together with the longitude; absent: the middle of the postal area, where the rules know it. */
  readonly latitude?: InputMaybe<Scalars['Float']['input']>;
  /** In degrees. */
  readonly longitude?: InputMaybe<Scalars['Float']['input']>;
};

/** When goods should arrive. */
export type DeliveryPromise = {
  readonly __typename?: 'DeliveryPromise';
  /** The first day, such as 2026-12-24. */
  readonly earliestOn: Scalars['String']['output'];
  /** The last day. */
  readonly latestOn: Scalars['String']['output'];
};

/** When a quantity of a SKU would arrive if it were ordered now. */
export type DeliveryEstimate = {
  readonly __typename?: 'DeliveryEstimate';
  /** The days. */
  readonly promise: DeliveryPromise;
  /** True when it has to come from stock that is not there yet. */
  readonly waitsForSupply: Scalars['Boolean']['output'];
};

/** Why the locations of an order were chosen, with every location that was looked at. */
export type SourcingDecision = {
  readonly __typename?: 'SourcingDecision';
  /** Given by the hub; equal inputs under equal rules have the same. */
  readonly id: Scalars['ID']['output'];
  /** When. */
  readonly decidedAt: Scalars['DateTime']['output'];
  /** The policy that made it. */
  readonly policy: Scalars['String']['output'];
  /** The version of the rules by which it was made; 0 are those that the hub was started with. */
  readonly rulesVersion: Scalars['Int']['output'];
  /** Of everything that was known. */
  readonly inputsHash: Scalars['String']['output'];
  /** What it costs by the rules, in minor units. */
  readonly costMinor: Scalars['SafeInteger']['output'];
  /** For each line that had no location. */
  readonly lines: ReadonlyArray<SourcingDecisionLine>;
};

/** A line of an order or a cart as it was sourced. */
export type SourcingDecisionLine = {
  readonly __typename?: 'SourcingDecisionLine';
  /** The order line; of a cart its number, 1 for the first. */
  readonly line: Scalars['ID']['output'];
  /** What; null while what is asked of it cannot be answered. */
  readonly sku: Maybe<Sku>;
  /** How much had no location. */
  readonly quantity: Scalars['Quantity']['output'];
  /** The best first, those that could not serve it last. */
  readonly candidates: ReadonlyArray<SourcingCandidate>;
  /** Candidates that are counted alone, because there were very many. */
  readonly omittedCount: Scalars['Int']['output'];
  /** Locations of the network that had none of it. */
  readonly withoutStockCount: Scalars['Int']['output'];
};

/** A location that was looked at for a line. */
export type SourcingCandidate = {
  readonly __typename?: 'SourcingCandidate';
  /** The location; null while what is asked of it cannot be answered. */
  readonly location: Maybe<Location>;
  /** What it could serve. */
  readonly available: Scalars['Quantity']['output'];
  /** What became of it. */
  readonly outcome: SourcingOutcome;
  /** Why it was not chosen; null when it was. */
  readonly because: Maybe<SourcingReason>;
  /** How much it was chosen for; null when it was not. */
  readonly chosen: Maybe<Scalars['Quantity']['output']>;
  /** How far it is; null when that is not known. */
  readonly distanceKm: Maybe<Scalars['Int']['output']>;
  /** The day on which the goods would leave; null when nobody works there in sight. */
  readonly leavesOn: Maybe<Scalars['String']['output']>;
  /** When they would arrive; null when the rules tell no time in transit. */
  readonly promise: Maybe<DeliveryPromise>;
  /** What the line would cost by the rules if it were sent from there by itself, in minor units; null when it was rejected. */
  readonly costMinor: Maybe<Scalars['SafeInteger']['output']>;
};

/** What became of a location that was looked at. */
export type SourcingOutcome =
  /** It serves the line, or a part of it. */
  | 'CHOSEN'
  /** It could have served it. */
  | 'KEPT'
  /** It could not. */
  | 'REJECTED';

/** Why a location was not chosen. */
export type SourcingReason =
  /** It did not find the line or would not do it before. */
  | 'DECLINED_BEFORE'
  /** The rules take it out of sourcing. */
  | 'EXCLUDED_BY_RULE'
  /** The rules let it serve other channels alone. */
  | 'NOT_FOR_CHANNEL'
  /** It cannot ship to customers. */
  | 'CANNOT_SHIP'
  /** Nothing can be collected there any more. */
  | 'NO_PICKUP'
  /** Nobody works there in sight. */
  | 'CLOSED'
  /** The destination is too far. */
  | 'TOO_FAR'
  /** No carrier goes from there to the destination by the rules. */
  | 'NO_CARRIER'
  /** It has too few. */
  | 'TOO_FEW'
  /** It has no capacity left on the days that may be used. */
  | 'NO_CAPACITY'
  /** Another is cheaper. */
  | 'COSTS_MORE'
  /** It would have been cheaper for the line alone, and makes a parcel more. */
  | 'AVOIDS_SPLIT'
  /** Other lines of the order take what it has. */
  | 'USED_UP';

/** A line of a cart that is sourced to see what would become of it. */
export type SourceCartLineInput = {
  /** What. */
  readonly sku: Scalars['ID']['input'];
  /** How much, more than nothing. */
  readonly quantity: Scalars['Quantity']['input'];
  /** The location where the customer would collect it; absent: it would be sent. */
  readonly pickupAt?: InputMaybe<Scalars['ID']['input']>;
};

/** What would become of a cart if it were sourced now. Nothing is claimed or kept. */
export type SourcedCart = {
  readonly __typename?: 'SourcedCart';
  /** True when every line finds a location. */
  readonly isWhole: Scalars['Boolean']['output'];
  /** Parcels that it would make. */
  readonly parcelCount: Scalars['Int']['output'];
  /** When each line would arrive, in their order; null where nobody can say. */
  readonly estimates: ReadonlyArray<Maybe<DeliveryEstimate>>;
  /** With every location that was looked at. */
  readonly decision: SourcingDecision;
};

/** How a location works; days and times are those of its own time zone. */
export type SourcingNodeRules = {
  readonly __typename?: 'SourcingNodeRules';
  /** What comes later in the day is begun on the next working day, such as 14:30; null: everything of a day is begun on it. */
  readonly cutOff: Maybe<Scalars['String']['output']>;
  /** 1 is Monday, 7 is Sunday. */
  readonly workingDays: ReadonlyArray<Scalars['Int']['output']>;
  /** Days on which nobody works, such as 2026-12-25. */
  readonly closedOn: ReadonlyArray<Scalars['String']['output']>;
  /** Working days from the day on which work is begun to the day on which it leaves. */
  readonly handlingDays: Scalars['Int']['output'];
  /** What a parcel costs that leaves there, in minor units. */
  readonly parcelCostMinor: Scalars['SafeInteger']['output'];
  /** What each base unit costs that leaves there, in minor units. */
  readonly unitCostMinor: Scalars['SafeInteger']['output'];
  /** Parcels go no further; null: anywhere. */
  readonly distanceKmMax: Maybe<Scalars['Int']['output']>;
  /** Orders that can be worked on in a day; null: no limit. */
  readonly ordersPerDay: Maybe<Scalars['Int']['output']>;
  /** Base units that can be worked on in a day; null: no limit. */
  readonly unitsPerDay: Maybe<Scalars['Int']['output']>;
  /** Work that nobody has begun within this time goes elsewhere; null: it may lie for ever. */
  readonly idleMinutes: Maybe<Scalars['Int']['output']>;
  /** True: it takes no part in sourcing. */
  readonly isExcluded: Scalars['Boolean']['output'];
  /** Serves these channels alone; null: all. */
  readonly channels: Maybe<ReadonlyArray<Scalars['ID']['output']>>;
};

/** A location that works otherwise than the others. */
export type SourcingNode = {
  readonly __typename?: 'SourcingNode';
  /** Which. */
  readonly location: Scalars['ID']['output'];
  /** In degrees; null: not known. */
  readonly latitude: Maybe<Scalars['Float']['output']>;
  /** In degrees. */
  readonly longitude: Maybe<Scalars['Float']['output']>;
  /** How it works, the defaults included. */
  readonly rules: SourcingNodeRules;
};

/** Where the middle of a postal area is. */
export type PostalArea = {
  readonly __typename?: 'PostalArea';
  /** ISO 3166 alpha-2. */
  readonly country: Scalars['String']['output'];
  /** How its postal codes begin; empty: the whole country. */
  readonly postalPrefix: Scalars['String']['output'];
  /** In degrees. */
  readonly latitude: Scalars['Float']['output'];
  /** In degrees. */
  readonly longitude: Scalars['Float']['output'];
};

/** How long carriers take; the first row that fits holds. */
export type TransitTime = {
  readonly __typename?: 'TransitTime';
  /** ISO 3166 alpha-2; null: every country. */
  readonly country: Maybe<Scalars['String']['output']>;
  /** How postal codes begin; null: every one. */
  readonly postalPrefix: Maybe<Scalars['String']['output']>;
  /** Fits parcels that do not go further; null: any distance, also an unknown one. */
  readonly distanceKmMax: Maybe<Scalars['Int']['output']>;
  /** Days on which carriers deliver, at least. */
  readonly earliestDays: Scalars['Int']['output'];
  /** Days on which carriers deliver, at most. */
  readonly latestDays: Scalars['Int']['output'];
};

/** By what locations are chosen, and when goods arrive. */
export type SourcingRules = {
  readonly __typename?: 'SourcingRules';
  /** What a location costs for each that stands before it in the network's order of preference, per line, in minor units. */
  readonly rankCostMinor: Scalars['SafeInteger']['output'];
  /** What a parcel costs per kilometre, in minor units. */
  readonly perKmMinor: Scalars['Float']['output'];
  /** What each day until the latest delivery costs, per parcel, in minor units. */
  readonly perDayMinor: Scalars['SafeInteger']['output'];
  /** What each parcel beyond the first costs besides, in minor units. */
  readonly splitPenaltyMinor: Scalars['SafeInteger']['output'];
  /** Locations that may serve one line together. */
  readonly lineNodesMax: Scalars['Int']['output'];
  /** How many working days are looked at for one with capacity. */
  readonly capacityDaysMax: Scalars['Int']['output'];
  /** Whether goods that one order does not find at a location are looked for elsewhere by all others. */
  readonly cascadesRejections: Scalars['Boolean']['output'];
  /** Of locations that are not named. */
  readonly defaults: SourcingNodeRules;
  /** Of those that are. */
  readonly nodes: ReadonlyArray<SourcingNode>;
  /** Where destinations are. */
  readonly postalAreas: ReadonlyArray<PostalArea>;
  /** How long carriers take; none: no dates are promised. */
  readonly transit: ReadonlyArray<TransitTime>;
  /** Days on which carriers deliver; 1 is Monday. */
  readonly deliveryDays: ReadonlyArray<Scalars['Int']['output']>;
  /** Days from the announced day of supply until it can be sold. */
  readonly receivingDays: Scalars['Int']['output'];
  /** Days by which goods on their way between locations may be late. */
  readonly inTransitSlackDays: Scalars['Int']['output'];
  /** Days by which goods from suppliers may be late. */
  readonly onOrderSlackDays: Scalars['Int']['output'];
};

/** How far a version of the rules has come. */
export type SourcingRulesStatus =
  /** Nobody has said from when it holds. */
  | 'DRAFT'
  /** It is to hold. */
  | 'PLANNED'
  /** It holds. */
  | 'EFFECTIVE'
  /** It held. */
  | 'PAST'
  /** It was taken back before it held. */
  | 'WITHDRAWN';

/** A version of the sourcing rules: who wrote them, from when they hold, and why. */
export type SourcingRulesVersion = {
  readonly __typename?: 'SourcingRulesVersion';
  /** 1 for the first that somebody wrote; 0 are those that the hub was started with. */
  readonly number: Scalars['Int']['output'];
  /** How far it has come. */
  readonly status: SourcingRulesStatus;
  /** What it says. */
  readonly rules: SourcingRules;
  /** Who wrote it and why; null of number 0. */
  readonly drafted: Maybe<SourcingRulesAct>;
  /** Who let it hold and why; null of a draft. */
  readonly activated: Maybe<SourcingRulesAct>;
  /** From when it holds; null of a draft. */
  readonly effectiveAt: Maybe<Scalars['DateTime']['output']>;
  /** Who took it back and why; null when nobody did. */
  readonly withdrawn: Maybe<SourcingRulesAct>;
};

/** Something that was done to a version of the rules. */
export type SourcingRulesAct = {
  readonly __typename?: 'SourcingRulesAct';
  /** Client and user of whoever did it. */
  readonly by: Scalars['String']['output'];
  /** When. */
  readonly actedAt: Scalars['DateTime']['output'];
  /** Why, in their words. */
  readonly reason: Scalars['String']['output'];
};

/** A page of versions. */
export type SourcingRulesVersionConnection = {
  readonly __typename?: 'SourcingRulesVersionConnection';
  /** The versions with the cursors to page by. */
  readonly edges: ReadonlyArray<SourcingRulesVersionEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** A version in a list. */
export type SourcingRulesVersionEdge = {
  readonly __typename?: 'SourcingRulesVersionEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The version. */
  readonly node: SourcingRulesVersion;
};

/** How a location works, as far as it differs: what is absent is as the defaults say. */
export type SourcingNodeRulesInput = {
  /** Such as 14:30; null: everything of a day is begun on it. */
  readonly cutOff?: InputMaybe<Scalars['String']['input']>;
  /** 1 is Monday, 7 is Sunday; at least one. */
  readonly workingDays?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
  /** Days such as 2026-12-25; at most 400. */
  readonly closedOn?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** 0 to 30. */
  readonly handlingDays?: InputMaybe<Scalars['Int']['input']>;
  /** In minor units. */
  readonly parcelCostMinor?: InputMaybe<Scalars['SafeInteger']['input']>;
  /** In minor units. */
  readonly unitCostMinor?: InputMaybe<Scalars['SafeInteger']['input']>;
  /** Null: anywhere. */
  readonly distanceKmMax?: InputMaybe<Scalars['Int']['input']>;
  /** Null: no limit. */
  readonly ordersPerDay?: InputMaybe<Scalars['Int']['input']>;
  /** Null: no limit. */
  readonly unitsPerDay?: InputMaybe<Scalars['Int']['input']>;
  /** 1 to 43,200; null: work may lie for ever. */
  readonly idleMinutes?: InputMaybe<Scalars['Int']['input']>;
  /** True: it takes no part in sourcing. */
  readonly isExcluded?: InputMaybe<Scalars['Boolean']['input']>;
  /** Null: all. */
  readonly channels?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** A location that works otherwise than the others, or of which it is told where it is. */
export type SourcingNodeInput = {
  /** Which. */
  readonly location: Scalars['ID']['input'];
  /** In degrees, together with the longitude. */
  readonly latitude?: InputMaybe<Scalars['Float']['input']>;
  /** In degrees. */
  readonly longitude?: InputMaybe<Scalars['Float']['input']>;
  /** How it works, as far as it differs. */
  readonly rules?: InputMaybe<SourcingNodeRulesInput>;
};

/** Where the middle of a postal area is. */
export type PostalAreaInput = {
  /** ISO 3166 alpha-2. */
  readonly country: Scalars['String']['input'];
  /** How its postal codes begin, without spaces; empty: the whole country. */
  readonly postalPrefix: Scalars['String']['input'];
  /** In degrees. */
  readonly latitude: Scalars['Float']['input'];
  /** In degrees. */
  readonly longitude: Scalars['Float']['input'];
};

/** How long carriers take; the first row that fits holds. */
export type TransitTimeInput = {
  /** ISO 3166 alpha-2; absent: every country. */
  readonly country?: InputMaybe<Scalars['String']['input']>;
  /** How postal codes begin, without spaces; absent: every one. */
  readonly postalPrefix?: InputMaybe<Scalars['String']['input']>;
  /** Fits parcels that do not go further; absent: any distance, also an unknown one. */
  readonly distanceKmMax?: InputMaybe<Scalars['Int']['input']>;
  /** 0 to 30. */
  readonly earliestDays: Scalars['Int']['input'];
  /** No less than the earliest, at most 30. */
  readonly latestDays: Scalars['Int']['input'];
};

/** The whole of the rules; what is absent is as the hub's own defaults say. */
export type SourcingRulesInput = {
  /** In minor units. */
  readonly rankCostMinor?: InputMaybe<Scalars['SafeInteger']['input']>;
  /** In minor units. */
  readonly perKmMinor?: InputMaybe<Scalars['Float']['input']>;
  /** In minor units. */
  readonly perDayMinor?: InputMaybe<Scalars['SafeInteger']['input']>;
  /** In minor units. */
  readonly splitPenaltyMinor?: InputMaybe<Scalars['SafeInteger']['input']>;
  /** 1 to 5. */
  readonly lineNodesMax?: InputMaybe<Scalars['Int']['input']>;
  /** 1 to 7. */
  readonly capacityDaysMax?: InputMaybe<Scalars['Int']['input']>;
  /** Whether goods that one order does not find at a location are looked for elsewhere by all others. */
  readonly cascadesRejections?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of locations that are not named. */
  readonly defaults?: InputMaybe<SourcingNodeRulesInput>;
  /** At most 5,000. */
  readonly nodes?: InputMaybe<ReadonlyArray<SourcingNodeInput>>;
  /** At most 5,000. */
  readonly postalAreas?: InputMaybe<ReadonlyArray<PostalAreaInput>>;
  /** At most 1,000. */
  readonly transit?: InputMaybe<ReadonlyArray<TransitTimeInput>>;
  /** 1 is Monday; at least one. */
  readonly deliveryDays?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
  /** 0 to 30. */
  readonly receivingDays?: InputMaybe<Scalars['Int']['input']>;
  /** 0 to 30. */
  readonly inTransitSlackDays?: InputMaybe<Scalars['Int']['input']>;
  /** 0 to 30. */
  readonly onOrderSlackDays?: InputMaybe<Scalars['Int']['input']>;
};

/** Rules that are to be written down; they hold nowhere yet. */
export type DraftSourcingRulesInput = {
  /** The whole of them. */
  readonly rules: SourcingRulesInput;
  /** Why: 1 to 500 characters. */
  readonly reason: Scalars['String']['input'];
};

/** A draft that is to hold. */
export type ActivateSourcingRulesInput = {
  /** The number of the version. */
  readonly version: Scalars['Int']['input'];
  /** From when, at most 366 days ahead; absent, or an instant that has passed: from now on. */
  readonly effectiveAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Why: 1 to 500 characters. */
  readonly reason: Scalars['String']['input'];
};

/** A version that is to be taken back before it holds. */
export type WithdrawSourcingRulesInput = {
  /** The number of the version. */
  readonly version: Scalars['Int']['input'];
  /** Why: 1 to 500 characters. */
  readonly reason: Scalars['String']['input'];
};

/** What came of a change of the rules. */
export type SourcingRulesPayload = {
  readonly __typename?: 'SourcingRulesPayload';
  /** The version as it is now. */
  readonly version: SourcingRulesVersion;
};

/** What rules would have made of decisions that were followed. */
export type SourcingTrial = {
  readonly __typename?: 'SourcingTrial';
  /** Decisions that were made anew, the newest first. */
  readonly triedCount: Scalars['Int']['output'];
  /** Of them, those of which not every location was kept. */
  readonly incompleteCount: Scalars['Int']['output'];
  /** Parcels of all of them, as they were. */
  readonly parcelsBefore: Scalars['Int']['output'];
  /** Parcels by the rules that are tried. */
  readonly parcelsAfter: Scalars['Int']['output'];
  /** Lines that found no location, as it was. */
  readonly unsourcedBefore: Scalars['Int']['output'];
  /** Lines that find none by the rules that are tried. */
  readonly unsourcedAfter: Scalars['Int']['output'];
  /** Those that come out differently. */
  readonly changes: ReadonlyArray<SourcingTrialChange>;
};

/** A decision that comes out differently. */
export type SourcingTrialChange = {
  readonly __typename?: 'SourcingTrialChange';
  /** The order. */
  readonly order: Scalars['ID']['output'];
  /** The locations as they were chosen. */
  readonly before: ReadonlyArray<Scalars['ID']['output']>;
  /** The locations by the rules that are tried. */
  readonly after: ReadonlyArray<Scalars['ID']['output']>;
};

/** What a location can do on a day, and what of it is taken. */
export type NodeCapacityDay = {
  readonly __typename?: 'NodeCapacityDay';
  /** The location; null while what is asked of it cannot be answered. */
  readonly location: Maybe<Location>;
  /** The day, there. */
  readonly day: Scalars['String']['output'];
  /** Orders that it can take; null: no limit. */
  readonly ordersPerDay: Maybe<Scalars['Int']['output']>;
  /** Base units that it can take; null: no limit. */
  readonly unitsPerDay: Maybe<Scalars['Int']['output']>;
  /** Orders that it has taken. What was allocated while there was no limit is not counted. */
  readonly orders: Scalars['Int']['output'];
  /** Base units that it has taken. */
  readonly units: Scalars['Int']['output'];
  /** True when somebody said something of this very day. */
  readonly isLimited: Scalars['Boolean']['output'];
};

/** What a location can do on a day, other than the rules say. */
export type LimitNodeCapacityInput = {
  /** Which location. */
  readonly location: Scalars['ID']['input'];
  /** Which day, such as 2026-12-24. */
  readonly day: Scalars['String']['input'];
  /** Absent: as the rules say. 0: it is closed, and all work that it has not begun goes elsewhere. */
  readonly ordersPerDay?: InputMaybe<Scalars['Int']['input']>;
  /** Absent: as the rules say. 0: it is closed, and all work that it has not begun goes elsewhere. */
  readonly unitsPerDay?: InputMaybe<Scalars['Int']['input']>;
  /** Why: 1 to 500 characters. */
  readonly reason: Scalars['String']['input'];
};

/** What came of it. */
export type LimitNodeCapacityPayload = {
  readonly __typename?: 'LimitNodeCapacityPayload';
  /** The day as it is now; work that is too much goes elsewhere by and by. */
  readonly day: NodeCapacityDay;
};

/** Why a store does not do work that it was given. */
export type WorkRejectionReason =
  /** The goods are not there. They are set apart in the ledger until they are counted. */
  | 'NOT_FOUND'
  /** The goods are not fit for sale. They are set apart in the ledger. */
  | 'DAMAGED'
  /** The goods are not where they should be. They are set apart in the ledger until they are counted. */
  | 'MISPLACED'
  /** There is too much to do. */
  | 'CAPACITY'
  /** The store is closed. */
  | 'STORE_CLOSED'
  /** The rest of the order comes from elsewhere. */
  | 'AVOID_SPLIT';

/** Work that a store does not do and has not begun. */
export type RejectWorkInput = {
  /** Which order. */
  readonly order: Scalars['ID']['input'];
  /** The store. */
  readonly location: Scalars['ID']['input'];
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Why. */
  readonly reason: WorkRejectionReason;
  /** Absent: everything of the order that the store has not begun. */
  readonly lines?: InputMaybe<ReadonlyArray<FulfilOrderLineInput>>;
};

/** What came of rejecting. */
export type RejectWorkPayload = {
  readonly __typename?: 'RejectWorkPayload';
  /** The order as it is now; it is sourced anew by and by. */
  readonly order: Order;
  /** The change of orders that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** A milestone that an order has come to, and whether its customer knows. */
export type CustomerNotice = {
  readonly __typename?: 'CustomerNotice';
  /** Which. */
  readonly milestone: CustomerMilestone;
  /** Whether the customer was told. */
  readonly state: CustomerNoticeState;
  /** When it was reached. */
  readonly reachedAt: Scalars['DateTime']['output'];
  /** What the system that sends messages calls it; null when it has taken none on. */
  readonly message: Maybe<Scalars['String']['output']>;
};

/** What customers are told of. */
export type CustomerMilestone =
  /** The order is taken on. */
  | 'CONFIRMED'
  /** A parcel has left. */
  | 'SHIPPED'
  /** Goods wait to be collected. */
  | 'READY_FOR_PICKUP'
  /** A parcel has arrived, or goods were collected. */
  | 'DELIVERED'
  /** Units were called off. */
  | 'CANCELLED'
  /** Money was given back. */
  | 'REFUNDED'
  /** Units come later than promised. */
  | 'DELAYED';

/** Whether a customer was told of a milestone. */
export type CustomerNoticeState =
  /** The message is on its way to the system that sends it. */
  | 'ASKED'
  /** That system has taken it on. */
  | 'TOLD'
  /** The customer wants no such messages. */
  | 'SUPPRESSED'
  /** That system was away until it was no news any more. */
  | 'TOO_LATE'
  /** It was reached too long ago, and nobody was asked. */
  | 'LEFT_OUT'
  /** That system said no. */
  | 'REFUSED';

/** How an order stands with the ERP that keeps it. */
export type SalesOrder = {
  readonly __typename?: 'SalesOrder';
  /** The ERP, by its name as a source. */
  readonly system: Scalars['ID']['output'];
  /** Whether it keeps the order as it is. */
  readonly state: SalesOrderState;
  /** What the ERP calls it; null until it has said. */
  readonly number: Maybe<Scalars['String']['output']>;
  /** By parcel, in the order in which they left. */
  readonly invoices: ReadonlyArray<SalesOrderInvoice>;
};

/** Whether an ERP keeps an order as it is. */
export type SalesOrderState =
  /** It is told once nobody has still to say whether the order may be served. */
  | 'NEW'
  /** It was asked, and has not answered yet. */
  | 'ASKED'
  /** It does. */
  | 'RECORDED'
  /** It said no. */
  | 'REFUSED';

/** What an ERP was asked to invoice for a parcel. */
export type SalesOrderInvoice = {
  readonly __typename?: 'SalesOrderInvoice';
  /** The parcel, as `Order.shipments` names it. */
  readonly shipment: Scalars['ID']['output'];
  /** Whether it is invoiced. */
  readonly state: SalesOrderInvoiceState;
  /** What is invoiced. */
  readonly amount: Money;
  /** What the ERP calls it; null until it has said. */
  readonly number: Maybe<Scalars['String']['output']>;
};

/** Whether a parcel is invoiced. */
export type SalesOrderInvoiceState =
  /** The ERP was asked, and has not answered yet. */
  | 'ASKED'
  /** It is. */
  | 'DONE'
  /** The ERP said no. */
  | 'REFUSED';

/** An order of which an ERP has refused something. */
export type HandOverAgainInput = {
  /** Which order. */
  readonly order: Scalars['ID']['input'];
  /** The same key answers the first outcome again. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What came of asking the ERP again. */
export type HandOverAgainPayload = {
  readonly __typename?: 'HandOverAgainPayload';
  /** The order as it is now; the ERP is asked by and by. */
  readonly order: Order;
  /** The change of orders that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** An order whose lines found no location, and that is to be tried again. */
export type SourceAgainInput = {
  /** Which order. */
  readonly order: Scalars['ID']['input'];
  /** The same key answers the first outcome again. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What came of trying again. */
export type SourceAgainPayload = {
  readonly __typename?: 'SourceAgainPayload';
  /** The order as it is now; it is sourced by and by. */
  readonly order: Order;
  /** The change of orders that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

export type Query = {
  readonly __typename?: 'Query';
  /** An order by its id; null when there is none that the caller may see. */
  readonly order: Maybe<Order>;
  /** An order by the number that its channel gave it; a store may look any of its own channels' receipts up that way. */
  readonly orderByExternalId: Maybe<Order>;
  /** Orders that the caller may see, the newest first. */
  readonly orders: OrderConnection;
  /** A customer as channels name them; null when no order and no reference of theirs is known, or the caller may not see them. */
  readonly customer: Maybe<Customer>;
  /** The customer whom a system calls so; null when nobody said so. For whoever may act on the orders of all customers. */
  readonly customerByReference: Maybe<Customer>;
  /**
   * Orders with open work of a location, the newest first. Live by `orderStatusChanged(location:)`, whose orders answer
   * `work` as well.
   */
  readonly pickList: PickListConnection;
  /**
   * Orders that the caller may see and that match everything that is asked for, the newest first. From an index that follows the
   * orders by their own events, some moments behind them.
   */
  readonly orderSearch: OrderSearchConnection;
  /** What would become of a cart if it were sourced now. Claims and keeps nothing. */
  readonly sourceCart: SourcedCart;
  /** The sourcing rules that hold, held or are to hold at an instant; absent: now. */
  readonly sourcingRules: SourcingRulesVersion;
  /** Every version of the sourcing rules, the newest first, drafts included. */
  readonly sourcingRulesVersions: SourcingRulesVersionConnection;
  /** What a version of the sourcing rules would have made of the newest decisions. Changes nothing. */
  readonly trySourcingRules: SourcingTrial;
  /** What a location can do on each day, and what of it is taken. */
  readonly nodeCapacity: ReadonlyArray<NodeCapacityDay>;
};


export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
};


export type QueryOrderByExternalIdArgs = {
  channel: Scalars['ID']['input'];
  externalId: Scalars['String']['input'];
};


export type QueryOrdersArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  customer?: InputMaybe<Scalars['String']['input']>;
  channel?: InputMaybe<Scalars['ID']['input']>;
  status?: InputMaybe<OrderStatus>;
  location?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryCustomerArgs = {
  reference: Scalars['ID']['input'];
};


export type QueryCustomerByReferenceArgs = {
  system: Scalars['String']['input'];
  reference: Scalars['String']['input'];
};


export type QueryPickListArgs = {
  location: Scalars['ID']['input'];
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryOrderSearchArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter: OrderSearchInput;
};


export type QuerySourceCartArgs = {
  channel: Scalars['ID']['input'];
  lines: ReadonlyArray<SourceCartLineInput>;
  destination?: InputMaybe<DestinationInput>;
  rulesVersion?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerySourcingRulesArgs = {
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QuerySourcingRulesVersionsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryTrySourcingRulesArgs = {
  version: Scalars['Int']['input'];
  first?: Scalars['Int']['input'];
};


export type QueryNodeCapacityArgs = {
  location: Scalars['ID']['input'];
  from?: InputMaybe<Scalars['String']['input']>;
  days?: Scalars['Int']['input'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Places an order: claims the stock, all lines or none. Idempotent per channel and external id. */
  readonly placeOrder: PlaceOrderPayload;
  /** Calls off what has not left. Idempotent. */
  readonly cancelOrder: CancelOrderPayload;
  /** Changes what is bought, all of it or nothing: what it needs more of is claimed first. Idempotent per key. */
  readonly editOrder: EditOrderPayload;
  /** Puts something else in the place of what cannot be had, as the rules of the channel allow. Idempotent per key. */
  readonly substituteLine: SubstituteLinePayload;
  /** Keeps an order from going on: blocks what the hold says, and nothing else. */
  readonly placeHold: PlaceHoldPayload;
  /** Says who of those that wait for stock is covered first. Idempotent by key. */
  readonly prioritiseOrder: PrioritiseOrderPayload;
  /** Says what a system calls a customer. Idempotent; refused when it calls another customer so. */
  readonly linkCustomer: CustomerReferencePayload;
  /** Takes back what a system calls a customer. Idempotent. */
  readonly unlinkCustomer: CustomerReferencePayload;
  /**
   * Has a customer forgotten: names, addresses, references and words of people go, what was bought and what it cost stays. What is still under way is done when it has
   * ended. Idempotent.
   */
  readonly eraseCustomer: EraseCustomerPayload;
  /** Ends a hold. Idempotent; a hold that has ended the other way stays so. */
  readonly resolveHold: ResolveHoldPayload;
  /** Takes on work that a store was given; what is taken on is not taken away because nobody has begun it. */
  readonly acceptWork: AcceptWorkPayload;
  /** Records a step of the work of a store that serves orders from its own shelves. */
  readonly fulfilOrder: FulfilOrderPayload;
  /** Rejects work that a store was given and has not begun; it is sourced from elsewhere. For the staff of the store. */
  readonly rejectWork: RejectWorkPayload;
  /** Looks for locations again, also at those that failed it, for lines that found none. */
  readonly sourceAgain: SourceAgainPayload;
  /** Asks the ERP again for what it has refused of an order, once somebody has seen to it. Refused with ILLEGAL_TRANSITION when it refused nothing. */
  readonly handOverAgain: HandOverAgainPayload;
  /** Writes sourcing rules down. They hold nowhere until they are activated. */
  readonly draftSourcingRules: SourcingRulesPayload;
  /** Lets a draft of the sourcing rules hold, now or later. Refused with RULE_VERSION_NOT_PLANNED when it is no draft. */
  readonly activateSourcingRules: SourcingRulesPayload;
  /** Takes sourcing rules back that do not hold yet. Refused with RULE_VERSION_NOT_PLANNED when they do. */
  readonly withdrawSourcingRules: SourcingRulesPayload;
  /** Says what a location can do on a day, other than the rules. Work that is too much goes elsewhere. Idempotent. */
  readonly limitNodeCapacity: LimitNodeCapacityPayload;
};


export type MutationPlaceOrderArgs = {
  input: PlaceOrderInput;
};


export type MutationCancelOrderArgs = {
  input: CancelOrderInput;
};


export type MutationEditOrderArgs = {
  input: EditOrderInput;
};


export type MutationSubstituteLineArgs = {
  input: SubstituteLineInput;
};


export type MutationPlaceHoldArgs = {
  input: PlaceHoldInput;
};


export type MutationPrioritiseOrderArgs = {
  input: PrioritiseOrderInput;
};


export type MutationLinkCustomerArgs = {
  input: CustomerReferenceInput;
};


export type MutationUnlinkCustomerArgs = {
  input: CustomerReferenceInput;
};


export type MutationEraseCustomerArgs = {
  input: EraseCustomerInput;
};


export type MutationResolveHoldArgs = {
  input: ResolveHoldInput;
};


export type MutationAcceptWorkArgs = {
  input: AcceptWorkInput;
};


export type MutationFulfilOrderArgs = {
  input: FulfilOrderInput;
};


export type MutationRejectWorkArgs = {
  input: RejectWorkInput;
};


export type MutationSourceAgainArgs = {
  input: SourceAgainInput;
};


export type MutationHandOverAgainArgs = {
  input: HandOverAgainInput;
};


export type MutationDraftSourcingRulesArgs = {
  input: DraftSourcingRulesInput;
};


export type MutationActivateSourcingRulesArgs = {
  input: ActivateSourcingRulesInput;
};


export type MutationWithdrawSourcingRulesArgs = {
  input: WithdrawSourcingRulesInput;
};


export type MutationLimitNodeCapacityArgs = {
  input: LimitNodeCapacityInput;
};

/** Changes of orders. */
export type OrderStatusFrame = {
  readonly __typename?: 'OrderStatusFrame';
  /** Pass it as `after` to go on from here without a gap. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** True: forget what you know of this subscription, then apply the changes. */
  readonly reset: Scalars['Boolean']['output'];
  /** The newest value of each order that changed. */
  readonly changes: ReadonlyArray<OrderStatusChange>;
};

/** An order after a change. */
export type OrderStatusChange = {
  readonly __typename?: 'OrderStatusChange';
  /** Identifies what changed. */
  readonly key: Scalars['String']['output'];
  /** Never goes back for a key. */
  readonly version: Scalars['SafeInteger']['output'];
  /** True when the order has left what is subscribed to. */
  readonly deleted: Scalars['Boolean']['output'];
  /** The order. */
  readonly order: Order;
  /** Its status; null when deleted. */
  readonly status: Maybe<OrderStatus>;
  /** Who sold it; null when deleted. */
  readonly channel: Maybe<Scalars['ID']['output']>;
  /** How much of which line is in which state, as STATE -> quantity per line; null when deleted. */
  readonly lines: Maybe<ReadonlyArray<OrderLineStatus>>;
  /** When the last change happened; null when deleted. */
  readonly changedAt: Maybe<Scalars['DateTime']['output']>;
};

/** The states of one line after a change. */
export type OrderLineStatus = {
  readonly __typename?: 'OrderLineStatus';
  /** The line. */
  readonly line: Scalars['ID']['output'];
  /** 1 for the first. */
  readonly lineNo: Scalars['Int']['output'];
  /** What was bought. */
  readonly sku: Scalars['ID']['output'];
  /** The location that serves it; null while none is chosen. */
  readonly location: Maybe<Scalars['ID']['output']>;
  /** How much is in which state. */
  readonly states: ReadonlyArray<LineStateQuantity>;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /** Orders: a snapshot, then every change. Name an order, a location, a customer or a channel. */
  readonly orderStatusChanged: OrderStatusFrame;
};


export type SubscriptionOrderStatusChangedArgs = {
  order?: InputMaybe<Scalars['ID']['input']>;
  location?: InputMaybe<Scalars['ID']['input']>;
  customer?: InputMaybe<Scalars['String']['input']>;
  channel?: InputMaybe<Scalars['ID']['input']>;
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
  Sku: Sku;
  Order: Order;
  OrderLine: OrderLine;
  Customer: Customer;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Sku:
    ( { __typename: 'Sku' }
    & GraphQLRecursivePick<FederationTypes['Sku'], {"id":true}> );
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
  OrderLine:
    ( { __typename: 'OrderLine' }
    & GraphQLRecursivePick<FederationTypes['OrderLine'], {"id":true}> );
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"reference":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  _Entity:
    | ( CustomerSource )
    | ( Location )
    | ( OrderSource )
    | ( LineSource )
    | ( SkuSource )
  ;
};


/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Quantity: ResolverTypeWrapper<Scalars['Quantity']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  SafeInteger: ResolverTypeWrapper<Scalars['SafeInteger']['output']>;
  ChangeCursor: ResolverTypeWrapper<Scalars['ChangeCursor']['output']>;
  Money: ResolverTypeWrapper<Money>;
  Sku: ResolverTypeWrapper<SkuSource>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Location: ResolverTypeWrapper<Location>;
  Order: ResolverTypeWrapper<OrderSource>;
  OrderOrchestrator: ResolverTypeWrapper<OrderOrchestrator>;
  OrchestratingParty: OrchestratingParty;
  OrderMarketplace: ResolverTypeWrapper<OrderMarketplace>;
  MarketplaceWord: ResolverTypeWrapper<MarketplaceWord>;
  MarketplaceSubject: MarketplaceSubject;
  MarketplaceWordState: MarketplaceWordState;
  OrderStatus: OrderStatus;
  OrderTotals: ResolverTypeWrapper<OrderTotals>;
  OrderLine: ResolverTypeWrapper<LineSource>;
  LineFulfilment: LineFulfilment;
  OrderPickup: ResolverTypeWrapper<Omit<OrderPickup, 'lines'> & { lines: ReadonlyArray<ResolversTypes['ShipmentLine']> }>;
  OrderTransfer: ResolverTypeWrapper<Omit<OrderTransfer, 'lines'> & { lines: ReadonlyArray<ResolversTypes['OrderTransferLine']> }>;
  OrderTransferStatus: OrderTransferStatus;
  OrderTransferLine: ResolverTypeWrapper<Omit<OrderTransferLine, 'orderLine'> & { orderLine: ResolversTypes['OrderLine'] }>;
  OrderWork: ResolverTypeWrapper<Omit<OrderWork, 'tasks' | 'transfers'> & { tasks: ReadonlyArray<ResolversTypes['WorkTask']>, transfers: ReadonlyArray<ResolversTypes['OrderTransfer']> }>;
  WorkTask: ResolverTypeWrapper<Omit<WorkTask, 'orderLine'> & { orderLine: ResolversTypes['OrderLine'] }>;
  PickListConnection: ResolverTypeWrapper<Omit<PickListConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['PickListEdge']> }>;
  PickListEdge: ResolverTypeWrapper<Omit<PickListEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  LineSubstitution: ResolverTypeWrapper<Omit<LineSubstitution, 'line'> & { line: ResolversTypes['OrderLine'] }>;
  SubstitutePriceRule: SubstitutePriceRule;
  LineDiscount: ResolverTypeWrapper<LineDiscount>;
  Tax: ResolverTypeWrapper<Tax>;
  OrderLineTotals: ResolverTypeWrapper<OrderLineTotals>;
  LineStateQuantity: ResolverTypeWrapper<LineStateQuantity>;
  LineState: LineState;
  OrderCharge: ResolverTypeWrapper<OrderCharge>;
  OrderChargeKind: OrderChargeKind;
  Shipment: ResolverTypeWrapper<Omit<Shipment, 'lines'> & { lines: ReadonlyArray<ResolversTypes['ShipmentLine']> }>;
  HandOver: ResolverTypeWrapper<HandOver>;
  HandOverProof: HandOverProof;
  ParcelTracking: ResolverTypeWrapper<ParcelTracking>;
  ParcelStatus: ParcelStatus;
  ShipmentLabel: ResolverTypeWrapper<ShipmentLabel>;
  ParcelLabel: ResolverTypeWrapper<ParcelLabel>;
  ParcelLabelStatus: ParcelLabelStatus;
  ShipmentLine: ResolverTypeWrapper<Omit<ShipmentLine, 'orderLine'> & { orderLine: ResolversTypes['OrderLine'] }>;
  Payment: ResolverTypeWrapper<Payment>;
  PaymentOperation: ResolverTypeWrapper<PaymentOperation>;
  PaymentOperationKind: PaymentOperationKind;
  PaymentOperationState: PaymentOperationState;
  OrderTaxCheck: ResolverTypeWrapper<OrderTaxCheck>;
  TaxCheckState: TaxCheckState;
  TaxBookingState: TaxBookingState;
  PaymentStatus: PaymentStatus;
  CaptureMoment: CaptureMoment;
  OrderHold: ResolverTypeWrapper<OrderHold>;
  OrderHoldEnd: ResolverTypeWrapper<OrderHoldEnd>;
  HoldType: HoldType;
  HoldState: HoldState;
  HoldBlock: HoldBlock;
  Tender: Tender;
  StoreReceipt: ResolverTypeWrapper<StoreReceipt>;
  TimelineConnection: ResolverTypeWrapper<Omit<TimelineConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['TimelineEdge']> }>;
  TimelineEdge: ResolverTypeWrapper<Omit<TimelineEdge, 'node'> & { node: ResolversTypes['TimelineEntry'] }>;
  TimelineEntry: ResolverTypeWrapper<Omit<TimelineEntry, 'lines'> & { lines: ReadonlyArray<ResolversTypes['OrderLine']> }>;
  TimelineOrigin: TimelineOrigin;
  TimelineVisibility: TimelineVisibility;
  OrderConnection: ResolverTypeWrapper<Omit<OrderConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['OrderEdge']> }>;
  OrderSearchConnection: ResolverTypeWrapper<OrderSearchSource>;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  OrderSearchInput: OrderSearchInput;
  PromisedDaysInput: PromisedDaysInput;
  PlaceOrderInput: PlaceOrderInput;
  PostalAddress: ResolverTypeWrapper<PostalAddress>;
  PostalAddressInput: PostalAddressInput;
  PlaceOrderLineInput: PlaceOrderLineInput;
  OrderChargeInput: OrderChargeInput;
  LineDiscountInput: LineDiscountInput;
  TaxInput: TaxInput;
  TenderInput: TenderInput;
  PaymentProviderInput: PaymentProviderInput;
  PlaceOrderPayload: ResolverTypeWrapper<Omit<PlaceOrderPayload, 'order'> & { order: ResolversTypes['Order'] }>;
  CancelOrderInput: CancelOrderInput;
  OrderLineQuantityInput: OrderLineQuantityInput;
  EditOrderInput: EditOrderInput;
  OrderLinePriceInput: OrderLinePriceInput;
  OrderShippingInput: OrderShippingInput;
  EditOrderPayload: ResolverTypeWrapper<Omit<EditOrderPayload, 'order'> & { order: ResolversTypes['Order'] }>;
  SubstituteLineInput: SubstituteLineInput;
  SubstituteLinePayload: ResolverTypeWrapper<Omit<SubstituteLinePayload, 'order'> & { order: ResolversTypes['Order'] }>;
  CancelReason: CancelReason;
  PlaceHoldInput: PlaceHoldInput;
  PlaceHoldPayload: ResolverTypeWrapper<Omit<PlaceHoldPayload, 'order'> & { order: ResolversTypes['Order'] }>;
  PrioritiseOrderInput: PrioritiseOrderInput;
  PrioritiseOrderPayload: ResolverTypeWrapper<Omit<PrioritiseOrderPayload, 'order'> & { order: ResolversTypes['Order'] }>;
  Customer: ResolverTypeWrapper<CustomerSource>;
  CustomerReference: ResolverTypeWrapper<CustomerReference>;
  CustomerReferenceInput: CustomerReferenceInput;
  CustomerReferencePayload: ResolverTypeWrapper<Omit<CustomerReferencePayload, 'customer'> & { customer: ResolversTypes['Customer'] }>;
  EraseCustomerInput: EraseCustomerInput;
  EraseCustomerPayload: ResolverTypeWrapper<EraseCustomerPayload>;
  ResolveHoldInput: ResolveHoldInput;
  HoldOutcome: HoldOutcome;
  ResolveHoldPayload: ResolverTypeWrapper<Omit<ResolveHoldPayload, 'order'> & { order: ResolversTypes['Order'] }>;
  CancelOrderPayload: ResolverTypeWrapper<Omit<CancelOrderPayload, 'order'> & { order: ResolversTypes['Order'] }>;
  FulfilOrderInput: FulfilOrderInput;
  HandOverInput: HandOverInput;
  ParcelInput: ParcelInput;
  AcceptWorkInput: AcceptWorkInput;
  AcceptWorkPayload: ResolverTypeWrapper<Omit<AcceptWorkPayload, 'order'> & { order: ResolversTypes['Order'] }>;
  FulfilOrderLineInput: FulfilOrderLineInput;
  FulfilmentStep: FulfilmentStep;
  FulfilOrderPayload: ResolverTypeWrapper<Omit<FulfilOrderPayload, 'order'> & { order: ResolversTypes['Order'] }>;
  DestinationInput: DestinationInput;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  DeliveryPromise: ResolverTypeWrapper<DeliveryPromise>;
  DeliveryEstimate: ResolverTypeWrapper<DeliveryEstimate>;
  SourcingDecision: ResolverTypeWrapper<Omit<SourcingDecision, 'lines'> & { lines: ReadonlyArray<ResolversTypes['SourcingDecisionLine']> }>;
  SourcingDecisionLine: ResolverTypeWrapper<Omit<SourcingDecisionLine, 'sku'> & { sku?: Maybe<ResolversTypes['Sku']> }>;
  SourcingCandidate: ResolverTypeWrapper<SourcingCandidate>;
  SourcingOutcome: SourcingOutcome;
  SourcingReason: SourcingReason;
  SourceCartLineInput: SourceCartLineInput;
  SourcedCart: ResolverTypeWrapper<Omit<SourcedCart, 'decision'> & { decision: ResolversTypes['SourcingDecision'] }>;
  SourcingNodeRules: ResolverTypeWrapper<SourcingNodeRules>;
  SourcingNode: ResolverTypeWrapper<SourcingNode>;
  PostalArea: ResolverTypeWrapper<PostalArea>;
  TransitTime: ResolverTypeWrapper<TransitTime>;
  SourcingRules: ResolverTypeWrapper<SourcingRules>;
  SourcingRulesStatus: SourcingRulesStatus;
  SourcingRulesVersion: ResolverTypeWrapper<SourcingRulesVersion>;
  SourcingRulesAct: ResolverTypeWrapper<SourcingRulesAct>;
  SourcingRulesVersionConnection: ResolverTypeWrapper<SourcingRulesVersionConnection>;
  SourcingRulesVersionEdge: ResolverTypeWrapper<SourcingRulesVersionEdge>;
  SourcingNodeRulesInput: SourcingNodeRulesInput;
  SourcingNodeInput: SourcingNodeInput;
  PostalAreaInput: PostalAreaInput;
  TransitTimeInput: TransitTimeInput;
  SourcingRulesInput: SourcingRulesInput;
  DraftSourcingRulesInput: DraftSourcingRulesInput;
  ActivateSourcingRulesInput: ActivateSourcingRulesInput;
  WithdrawSourcingRulesInput: WithdrawSourcingRulesInput;
  SourcingRulesPayload: ResolverTypeWrapper<SourcingRulesPayload>;
  SourcingTrial: ResolverTypeWrapper<SourcingTrial>;
  SourcingTrialChange: ResolverTypeWrapper<SourcingTrialChange>;
  NodeCapacityDay: ResolverTypeWrapper<NodeCapacityDay>;
  LimitNodeCapacityInput: LimitNodeCapacityInput;
  LimitNodeCapacityPayload: ResolverTypeWrapper<LimitNodeCapacityPayload>;
  WorkRejectionReason: WorkRejectionReason;
  RejectWorkInput: RejectWorkInput;
  RejectWorkPayload: ResolverTypeWrapper<Omit<RejectWorkPayload, 'order'> & { order: ResolversTypes['Order'] }>;
  CustomerNotice: ResolverTypeWrapper<CustomerNotice>;
  CustomerMilestone: CustomerMilestone;
  CustomerNoticeState: CustomerNoticeState;
  SalesOrder: ResolverTypeWrapper<SalesOrder>;
  SalesOrderState: SalesOrderState;
  SalesOrderInvoice: ResolverTypeWrapper<SalesOrderInvoice>;
  SalesOrderInvoiceState: SalesOrderInvoiceState;
  HandOverAgainInput: HandOverAgainInput;
  HandOverAgainPayload: ResolverTypeWrapper<Omit<HandOverAgainPayload, 'order'> & { order: ResolversTypes['Order'] }>;
  SourceAgainInput: SourceAgainInput;
  SourceAgainPayload: ResolverTypeWrapper<Omit<SourceAgainPayload, 'order'> & { order: ResolversTypes['Order'] }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OrderStatusFrame: ResolverTypeWrapper<Omit<OrderStatusFrame, 'changes'> & { changes: ReadonlyArray<ResolversTypes['OrderStatusChange']> }>;
  OrderStatusChange: ResolverTypeWrapper<Omit<OrderStatusChange, 'order'> & { order: ResolversTypes['Order'] }>;
  OrderLineStatus: ResolverTypeWrapper<OrderLineStatus>;
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
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Quantity: Scalars['Quantity']['output'];
  DateTime: Scalars['DateTime']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  SafeInteger: Scalars['SafeInteger']['output'];
  ChangeCursor: Scalars['ChangeCursor']['output'];
  Money: Money;
  Sku: SkuSource;
  ID: Scalars['ID']['output'];
  Location: Location;
  Order: OrderSource;
  OrderOrchestrator: OrderOrchestrator;
  OrderMarketplace: OrderMarketplace;
  MarketplaceWord: MarketplaceWord;
  OrderTotals: OrderTotals;
  OrderLine: LineSource;
  OrderPickup: Omit<OrderPickup, 'lines'> & { lines: ReadonlyArray<ResolversParentTypes['ShipmentLine']> };
  OrderTransfer: Omit<OrderTransfer, 'lines'> & { lines: ReadonlyArray<ResolversParentTypes['OrderTransferLine']> };
  OrderTransferLine: Omit<OrderTransferLine, 'orderLine'> & { orderLine: ResolversParentTypes['OrderLine'] };
  OrderWork: Omit<OrderWork, 'tasks' | 'transfers'> & { tasks: ReadonlyArray<ResolversParentTypes['WorkTask']>, transfers: ReadonlyArray<ResolversParentTypes['OrderTransfer']> };
  WorkTask: Omit<WorkTask, 'orderLine'> & { orderLine: ResolversParentTypes['OrderLine'] };
  PickListConnection: Omit<PickListConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['PickListEdge']> };
  PickListEdge: Omit<PickListEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  LineSubstitution: Omit<LineSubstitution, 'line'> & { line: ResolversParentTypes['OrderLine'] };
  LineDiscount: LineDiscount;
  Tax: Tax;
  OrderLineTotals: OrderLineTotals;
  LineStateQuantity: LineStateQuantity;
  OrderCharge: OrderCharge;
  Shipment: Omit<Shipment, 'lines'> & { lines: ReadonlyArray<ResolversParentTypes['ShipmentLine']> };
  HandOver: HandOver;
  ParcelTracking: ParcelTracking;
  ShipmentLabel: ShipmentLabel;
  ParcelLabel: ParcelLabel;
  ShipmentLine: Omit<ShipmentLine, 'orderLine'> & { orderLine: ResolversParentTypes['OrderLine'] };
  Payment: Payment;
  PaymentOperation: PaymentOperation;
  OrderTaxCheck: OrderTaxCheck;
  OrderHold: OrderHold;
  OrderHoldEnd: OrderHoldEnd;
  StoreReceipt: StoreReceipt;
  TimelineConnection: Omit<TimelineConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['TimelineEdge']> };
  TimelineEdge: Omit<TimelineEdge, 'node'> & { node: ResolversParentTypes['TimelineEntry'] };
  TimelineEntry: Omit<TimelineEntry, 'lines'> & { lines: ReadonlyArray<ResolversParentTypes['OrderLine']> };
  OrderConnection: Omit<OrderConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['OrderEdge']> };
  OrderSearchConnection: OrderSearchSource;
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  PageInfo: PageInfo;
  OrderSearchInput: OrderSearchInput;
  PromisedDaysInput: PromisedDaysInput;
  PlaceOrderInput: PlaceOrderInput;
  PostalAddress: PostalAddress;
  PostalAddressInput: PostalAddressInput;
  PlaceOrderLineInput: PlaceOrderLineInput;
  OrderChargeInput: OrderChargeInput;
  LineDiscountInput: LineDiscountInput;
  TaxInput: TaxInput;
  TenderInput: TenderInput;
  PaymentProviderInput: PaymentProviderInput;
  PlaceOrderPayload: Omit<PlaceOrderPayload, 'order'> & { order: ResolversParentTypes['Order'] };
  CancelOrderInput: CancelOrderInput;
  OrderLineQuantityInput: OrderLineQuantityInput;
  EditOrderInput: EditOrderInput;
  OrderLinePriceInput: OrderLinePriceInput;
  OrderShippingInput: OrderShippingInput;
  EditOrderPayload: Omit<EditOrderPayload, 'order'> & { order: ResolversParentTypes['Order'] };
  SubstituteLineInput: SubstituteLineInput;
  SubstituteLinePayload: Omit<SubstituteLinePayload, 'order'> & { order: ResolversParentTypes['Order'] };
  PlaceHoldInput: PlaceHoldInput;
  PlaceHoldPayload: Omit<PlaceHoldPayload, 'order'> & { order: ResolversParentTypes['Order'] };
  PrioritiseOrderInput: PrioritiseOrderInput;
  PrioritiseOrderPayload: Omit<PrioritiseOrderPayload, 'order'> & { order: ResolversParentTypes['Order'] };
  Customer: CustomerSource;
  CustomerReference: CustomerReference;
  CustomerReferenceInput: CustomerReferenceInput;
  CustomerReferencePayload: Omit<CustomerReferencePayload, 'customer'> & { customer: ResolversParentTypes['Customer'] };
  EraseCustomerInput: EraseCustomerInput;
  EraseCustomerPayload: EraseCustomerPayload;
  ResolveHoldInput: ResolveHoldInput;
  ResolveHoldPayload: Omit<ResolveHoldPayload, 'order'> & { order: ResolversParentTypes['Order'] };
  CancelOrderPayload: Omit<CancelOrderPayload, 'order'> & { order: ResolversParentTypes['Order'] };
  FulfilOrderInput: FulfilOrderInput;
  HandOverInput: HandOverInput;
  ParcelInput: ParcelInput;
  AcceptWorkInput: AcceptWorkInput;
  AcceptWorkPayload: Omit<AcceptWorkPayload, 'order'> & { order: ResolversParentTypes['Order'] };
  FulfilOrderLineInput: FulfilOrderLineInput;
  FulfilOrderPayload: Omit<FulfilOrderPayload, 'order'> & { order: ResolversParentTypes['Order'] };
  DestinationInput: DestinationInput;
  Float: Scalars['Float']['output'];
  DeliveryPromise: DeliveryPromise;
  DeliveryEstimate: DeliveryEstimate;
  SourcingDecision: Omit<SourcingDecision, 'lines'> & { lines: ReadonlyArray<ResolversParentTypes['SourcingDecisionLine']> };
  SourcingDecisionLine: Omit<SourcingDecisionLine, 'sku'> & { sku?: Maybe<ResolversParentTypes['Sku']> };
  SourcingCandidate: SourcingCandidate;
  SourceCartLineInput: SourceCartLineInput;
  SourcedCart: Omit<SourcedCart, 'decision'> & { decision: ResolversParentTypes['SourcingDecision'] };
  SourcingNodeRules: SourcingNodeRules;
  SourcingNode: SourcingNode;
  PostalArea: PostalArea;
  TransitTime: TransitTime;
  SourcingRules: SourcingRules;
  SourcingRulesVersion: SourcingRulesVersion;
  SourcingRulesAct: SourcingRulesAct;
  SourcingRulesVersionConnection: SourcingRulesVersionConnection;
  SourcingRulesVersionEdge: SourcingRulesVersionEdge;
  SourcingNodeRulesInput: SourcingNodeRulesInput;
  SourcingNodeInput: SourcingNodeInput;
  PostalAreaInput: PostalAreaInput;
  TransitTimeInput: TransitTimeInput;
  SourcingRulesInput: SourcingRulesInput;
  DraftSourcingRulesInput: DraftSourcingRulesInput;
  ActivateSourcingRulesInput: ActivateSourcingRulesInput;
  WithdrawSourcingRulesInput: WithdrawSourcingRulesInput;
  SourcingRulesPayload: SourcingRulesPayload;
  SourcingTrial: SourcingTrial;
  SourcingTrialChange: SourcingTrialChange;
  NodeCapacityDay: NodeCapacityDay;
  LimitNodeCapacityInput: LimitNodeCapacityInput;
  LimitNodeCapacityPayload: LimitNodeCapacityPayload;
  RejectWorkInput: RejectWorkInput;
  RejectWorkPayload: Omit<RejectWorkPayload, 'order'> & { order: ResolversParentTypes['Order'] };
  CustomerNotice: CustomerNotice;
  SalesOrder: SalesOrder;
  SalesOrderInvoice: SalesOrderInvoice;
  HandOverAgainInput: HandOverAgainInput;
  HandOverAgainPayload: Omit<HandOverAgainPayload, 'order'> & { order: ResolversParentTypes['Order'] };
  SourceAgainInput: SourceAgainInput;
  SourceAgainPayload: Omit<SourceAgainPayload, 'order'> & { order: ResolversParentTypes['Order'] };
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  OrderStatusFrame: Omit<OrderStatusFrame, 'changes'> & { changes: ReadonlyArray<ResolversParentTypes['OrderStatusChange']> };
  OrderStatusChange: Omit<OrderStatusChange, 'order'> & { order: ResolversParentTypes['Order'] };
  OrderLineStatus: OrderLineStatus;
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
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
};

export type TopicDirectiveArgs = {
  event: Scalars['String']['input'];
  keys: ReadonlyArray<Scalars['String']['input']>;
  snapshot: Scalars['String']['input'];
  scope?: Maybe<Scalars['String']['input']>;
};

export type TopicDirectiveResolver<Result, Parent, ContextType = GraphqlContext, Args = TopicDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

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

export type MoneyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amountMinor?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type SkuResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Sku'] = ResolversParentTypes['Sku'], FederationReferenceType extends FederationReferenceTypes['Sku'] = FederationReferenceTypes['Sku']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Sku']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  deliveryEstimate?: Resolver<Maybe<ResolversTypes['DeliveryEstimate']>, ParentType, ContextType, RequireFields<SkuDeliveryEstimateArgs, 'channel' | 'quantity'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LocationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Location'] = ResolversParentTypes['Location']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isChanging?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  totals?: Resolver<ResolversTypes['OrderTotals'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['OrderLine']>, ParentType, ContextType>;
  charges?: Resolver<ReadonlyArray<ResolversTypes['OrderCharge']>, ParentType, ContextType>;
  shipments?: Resolver<ReadonlyArray<ResolversTypes['Shipment']>, ParentType, ContextType>;
  shipTo?: Resolver<Maybe<ResolversTypes['PostalAddress']>, ParentType, ContextType>;
  labels?: Resolver<ReadonlyArray<ResolversTypes['ParcelLabel']>, ParentType, ContextType>;
  pickups?: Resolver<ReadonlyArray<ResolversTypes['OrderPickup']>, ParentType, ContextType>;
  transfers?: Resolver<ReadonlyArray<ResolversTypes['OrderTransfer']>, ParentType, ContextType>;
  work?: Resolver<Maybe<ResolversTypes['OrderWork']>, ParentType, ContextType, RequireFields<OrderWorkArgs, 'location'>>;
  payments?: Resolver<ReadonlyArray<ResolversTypes['Payment']>, ParentType, ContextType>;
  holds?: Resolver<ReadonlyArray<ResolversTypes['OrderHold']>, ParentType, ContextType>;
  storeReceipt?: Resolver<Maybe<ResolversTypes['StoreReceipt']>, ParentType, ContextType>;
  sourcingDecisions?: Resolver<ReadonlyArray<ResolversTypes['SourcingDecision']>, ParentType, ContextType>;
  notices?: Resolver<ReadonlyArray<ResolversTypes['CustomerNotice']>, ParentType, ContextType>;
  salesOrder?: Resolver<Maybe<ResolversTypes['SalesOrder']>, ParentType, ContextType>;
  taxCheck?: Resolver<Maybe<ResolversTypes['OrderTaxCheck']>, ParentType, ContextType>;
  orchestratedBy?: Resolver<ResolversTypes['OrderOrchestrator'], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  marketplace?: Resolver<Maybe<ResolversTypes['OrderMarketplace']>, ParentType, ContextType>;
  timeline?: Resolver<ResolversTypes['TimelineConnection'], ParentType, ContextType, RequireFields<OrderTimelineArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderOrchestratorResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderOrchestrator'] = ResolversParentTypes['OrderOrchestrator']> = {
  party?: Resolver<ResolversTypes['OrchestratingParty'], ParentType, ContextType>;
  system?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OrderMarketplaceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderMarketplace'] = ResolversParentTypes['OrderMarketplace']> = {
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  acknowledgeDueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  acknowledgedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  isPaid?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  shipDueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  words?: Resolver<ReadonlyArray<ResolversTypes['MarketplaceWord']>, ParentType, ContextType>;
};

export type MarketplaceWordResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MarketplaceWord'] = ResolversParentTypes['MarketplaceWord']> = {
  about?: Resolver<ResolversTypes['MarketplaceSubject'], ParentType, ContextType>;
  shipment?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['MarketplaceWordState'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OrderTotalsResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderTotals'] = ResolversParentTypes['OrderTotals']> = {
  items?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  lineDiscounts?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  charges?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  grand?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type OrderLineResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderLine'] = ResolversParentTypes['OrderLine'], FederationReferenceType extends FederationReferenceTypes['OrderLine'] = FederationReferenceTypes['OrderLine']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['OrderLine']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lineNo?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  ordered?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  takenOut?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  substituteFor?: Resolver<Maybe<ResolversTypes['LineSubstitution']>, ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  discounts?: Resolver<ReadonlyArray<ResolversTypes['LineDiscount']>, ParentType, ContextType>;
  taxes?: Resolver<ReadonlyArray<ResolversTypes['Tax']>, ParentType, ContextType>;
  totals?: Resolver<ResolversTypes['OrderLineTotals'], ParentType, ContextType>;
  fulfilment?: Resolver<ResolversTypes['LineFulfilment'], ParentType, ContextType>;
  pickupLocation?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  states?: Resolver<ReadonlyArray<ResolversTypes['LineStateQuantity']>, ParentType, ContextType>;
  promise?: Resolver<Maybe<ResolversTypes['DeliveryPromise']>, ParentType, ContextType>;
  expected?: Resolver<Maybe<ResolversTypes['DeliveryPromise']>, ParentType, ContextType>;
  sourcingDecision?: Resolver<Maybe<ResolversTypes['SourcingDecision']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderPickupResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderPickup'] = ResolversParentTypes['OrderPickup']> = {
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  readyAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['ShipmentLine']>, ParentType, ContextType>;
};

export type OrderTransferResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderTransfer'] = ResolversParentTypes['OrderTransfer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderTransferStatus'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['OrderTransferLine']>, ParentType, ContextType>;
};

export type OrderTransferLineResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderTransferLine'] = ResolversParentTypes['OrderTransferLine']> = {
  orderLine?: Resolver<ResolversTypes['OrderLine'], ParentType, ContextType>;
  coming?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  arrived?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
};

export type OrderWorkResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderWork'] = ResolversParentTypes['OrderWork']> = {
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  releasedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  acceptedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  tasks?: Resolver<ReadonlyArray<ResolversTypes['WorkTask']>, ParentType, ContextType>;
  transfers?: Resolver<ReadonlyArray<ResolversTypes['OrderTransfer']>, ParentType, ContextType>;
};

export type WorkTaskResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WorkTask'] = ResolversParentTypes['WorkTask']> = {
  orderLine?: Resolver<ResolversTypes['OrderLine'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['FulfilmentStep'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
};

export type PickListConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PickListConnection'] = ResolversParentTypes['PickListConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PickListEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PickListEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PickListEdge'] = ResolversParentTypes['PickListEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type LineSubstitutionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LineSubstitution'] = ResolversParentTypes['LineSubstitution']> = {
  line?: Resolver<ResolversTypes['OrderLine'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  priceRule?: Resolver<ResolversTypes['SubstitutePriceRule'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LineDiscountResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LineDiscount'] = ResolversParentTypes['LineDiscount']> = {
  promotion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type TaxResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Tax'] = ResolversParentTypes['Tax']> = {
  jurisdiction?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ratePercent?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type OrderLineTotalsResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderLineTotals'] = ResolversParentTypes['OrderLineTotals']> = {
  items?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  discounts?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  shipping?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  otherCharges?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  grand?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type LineStateQuantityResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LineStateQuantity'] = ResolversParentTypes['LineStateQuantity']> = {
  state?: Resolver<ResolversTypes['LineState'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
};

export type OrderChargeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderCharge'] = ResolversParentTypes['OrderCharge']> = {
  kind?: Resolver<ResolversTypes['OrderChargeKind'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ShipmentResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Shipment'] = ResolversParentTypes['Shipment']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  carrier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  trackingNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  shippedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deliveredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  presumedDeliveredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['ShipmentLabel']>, ParentType, ContextType>;
  tracking?: Resolver<Maybe<ResolversTypes['ParcelTracking']>, ParentType, ContextType>;
  handOver?: Resolver<Maybe<ResolversTypes['HandOver']>, ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['ShipmentLine']>, ParentType, ContextType>;
};

export type HandOverResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['HandOver'] = ResolversParentTypes['HandOver']> = {
  proof?: Resolver<ResolversTypes['HandOverProof'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ParcelTrackingResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ParcelTracking'] = ResolversParentTypes['ParcelTracking']> = {
  status?: Resolver<ResolversTypes['ParcelStatus'], ParentType, ContextType>;
  detail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  place?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ShipmentLabelResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ShipmentLabel'] = ResolversParentTypes['ShipmentLabel']> = {
  reference?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cost?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  documentUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ParcelLabelResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ParcelLabel'] = ResolversParentTypes['ParcelLabel']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ParcelLabelStatus'], ParentType, ContextType>;
  carrier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  trackingNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['ShipmentLabel']>, ParentType, ContextType>;
  because?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ShipmentLineResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ShipmentLine'] = ResolversParentTypes['ShipmentLine']> = {
  orderLine?: Resolver<ResolversTypes['OrderLine'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  tender?: Resolver<ResolversTypes['Tender'], ParentType, ContextType>;
  provider?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['PaymentStatus']>, ParentType, ContextType>;
  captureAt?: Resolver<ResolversTypes['CaptureMoment'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  authorized?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  capturing?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  chargedBack?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  captured?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  operations?: Resolver<ReadonlyArray<ResolversTypes['PaymentOperation']>, ParentType, ContextType>;
};

export type PaymentOperationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PaymentOperation'] = ResolversParentTypes['PaymentOperation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['PaymentOperationKind'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PaymentOperationState'], ParentType, ContextType>;
};

export type OrderTaxCheckResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderTaxCheck'] = ResolversParentTypes['OrderTaxCheck']> = {
  system?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['TaxCheckState'], ParentType, ContextType>;
  quote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  quoted?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  booking?: Resolver<ResolversTypes['TaxBookingState'], ParentType, ContextType>;
  document?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OrderHoldResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderHold'] = ResolversParentTypes['OrderHold']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['HoldType'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['HoldState'], ParentType, ContextType>;
  blocks?: Resolver<ReadonlyArray<ResolversTypes['HoldBlock']>, ParentType, ContextType>;
  placedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  authority?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  ended?: Resolver<Maybe<ResolversTypes['OrderHoldEnd']>, ParentType, ContextType>;
};

export type OrderHoldEndResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderHoldEnd'] = ResolversParentTypes['OrderHoldEnd']> = {
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  authority?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  endedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type StoreReceiptResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['StoreReceipt'] = ResolversParentTypes['StoreReceipt']> = {
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  register?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cashier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  printedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type TimelineConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TimelineConnection'] = ResolversParentTypes['TimelineConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TimelineEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TimelineEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TimelineEdge'] = ResolversParentTypes['TimelineEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TimelineEntry'], ParentType, ContextType>;
};

export type TimelineEntryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TimelineEntry'] = ResolversParentTypes['TimelineEntry']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lagMs?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  evidence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['TimelineOrigin'], ParentType, ContextType>;
  visibility?: Resolver<ResolversTypes['TimelineVisibility'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['OrderLine']>, ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OrderSearchConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderSearchConnection'] = ResolversParentTypes['OrderSearchConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isTotalExact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type OrderEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PostalAddressResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PostalAddress'] = ResolversParentTypes['PostalAddress']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  street?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  postalCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PlaceOrderPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PlaceOrderPayload'] = ResolversParentTypes['PlaceOrderPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type EditOrderPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EditOrderPayload'] = ResolversParentTypes['EditOrderPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type SubstituteLinePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SubstituteLinePayload'] = ResolversParentTypes['SubstituteLinePayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type PlaceHoldPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PlaceHoldPayload'] = ResolversParentTypes['PlaceHoldPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type PrioritiseOrderPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PrioritiseOrderPayload'] = ResolversParentTypes['PrioritiseOrderPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  reference?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  references?: Resolver<ReadonlyArray<ResolversTypes['CustomerReference']>, ParentType, ContextType>;
  orders?: Resolver<ResolversTypes['OrderConnection'], ParentType, ContextType, RequireFields<CustomerOrdersArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CustomerReferenceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CustomerReference'] = ResolversParentTypes['CustomerReference']> = {
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  linkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CustomerReferencePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CustomerReferencePayload'] = ResolversParentTypes['CustomerReferencePayload']> = {
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
};

export type EraseCustomerPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EraseCustomerPayload'] = ResolversParentTypes['EraseCustomerPayload']> = {
  erasure?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  erasedOrders?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  openOrders?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  openReturns?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ResolveHoldPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ResolveHoldPayload'] = ResolversParentTypes['ResolveHoldPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type CancelOrderPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CancelOrderPayload'] = ResolversParentTypes['CancelOrderPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type AcceptWorkPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AcceptWorkPayload'] = ResolversParentTypes['AcceptWorkPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type FulfilOrderPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['FulfilOrderPayload'] = ResolversParentTypes['FulfilOrderPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type DeliveryPromiseResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeliveryPromise'] = ResolversParentTypes['DeliveryPromise']> = {
  earliestOn?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  latestOn?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DeliveryEstimateResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeliveryEstimate'] = ResolversParentTypes['DeliveryEstimate']> = {
  promise?: Resolver<ResolversTypes['DeliveryPromise'], ParentType, ContextType>;
  waitsForSupply?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SourcingDecisionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcingDecision'] = ResolversParentTypes['SourcingDecision']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  decidedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  policy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rulesVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inputsHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  costMinor?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['SourcingDecisionLine']>, ParentType, ContextType>;
};

export type SourcingDecisionLineResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcingDecisionLine'] = ResolversParentTypes['SourcingDecisionLine']> = {
  line?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  candidates?: Resolver<ReadonlyArray<ResolversTypes['SourcingCandidate']>, ParentType, ContextType>;
  omittedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  withoutStockCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SourcingCandidateResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcingCandidate'] = ResolversParentTypes['SourcingCandidate']> = {
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['SourcingOutcome'], ParentType, ContextType>;
  because?: Resolver<Maybe<ResolversTypes['SourcingReason']>, ParentType, ContextType>;
  chosen?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  distanceKm?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  leavesOn?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  promise?: Resolver<Maybe<ResolversTypes['DeliveryPromise']>, ParentType, ContextType>;
  costMinor?: Resolver<Maybe<ResolversTypes['SafeInteger']>, ParentType, ContextType>;
};

export type SourcedCartResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcedCart'] = ResolversParentTypes['SourcedCart']> = {
  isWhole?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  parcelCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  estimates?: Resolver<ReadonlyArray<Maybe<ResolversTypes['DeliveryEstimate']>>, ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['SourcingDecision'], ParentType, ContextType>;
};

export type SourcingNodeRulesResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcingNodeRules'] = ResolversParentTypes['SourcingNodeRules']> = {
  cutOff?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  workingDays?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
  closedOn?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  handlingDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  parcelCostMinor?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  unitCostMinor?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  distanceKmMax?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  ordersPerDay?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unitsPerDay?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  idleMinutes?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  isExcluded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  channels?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ID']>>, ParentType, ContextType>;
};

export type SourcingNodeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcingNode'] = ResolversParentTypes['SourcingNode']> = {
  location?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  latitude?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  longitude?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  rules?: Resolver<ResolversTypes['SourcingNodeRules'], ParentType, ContextType>;
};

export type PostalAreaResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PostalArea'] = ResolversParentTypes['PostalArea']> = {
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  postalPrefix?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  latitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type TransitTimeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TransitTime'] = ResolversParentTypes['TransitTime']> = {
  country?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalPrefix?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  distanceKmMax?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  earliestDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  latestDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SourcingRulesResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcingRules'] = ResolversParentTypes['SourcingRules']> = {
  rankCostMinor?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  perKmMinor?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  perDayMinor?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  splitPenaltyMinor?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  lineNodesMax?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  capacityDaysMax?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cascadesRejections?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  defaults?: Resolver<ResolversTypes['SourcingNodeRules'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['SourcingNode']>, ParentType, ContextType>;
  postalAreas?: Resolver<ReadonlyArray<ResolversTypes['PostalArea']>, ParentType, ContextType>;
  transit?: Resolver<ReadonlyArray<ResolversTypes['TransitTime']>, ParentType, ContextType>;
  deliveryDays?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
  receivingDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inTransitSlackDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  onOrderSlackDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SourcingRulesVersionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcingRulesVersion'] = ResolversParentTypes['SourcingRulesVersion']> = {
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SourcingRulesStatus'], ParentType, ContextType>;
  rules?: Resolver<ResolversTypes['SourcingRules'], ParentType, ContextType>;
  drafted?: Resolver<Maybe<ResolversTypes['SourcingRulesAct']>, ParentType, ContextType>;
  activated?: Resolver<Maybe<ResolversTypes['SourcingRulesAct']>, ParentType, ContextType>;
  effectiveAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  withdrawn?: Resolver<Maybe<ResolversTypes['SourcingRulesAct']>, ParentType, ContextType>;
};

export type SourcingRulesActResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcingRulesAct'] = ResolversParentTypes['SourcingRulesAct']> = {
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SourcingRulesVersionConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcingRulesVersionConnection'] = ResolversParentTypes['SourcingRulesVersionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SourcingRulesVersionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SourcingRulesVersionEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcingRulesVersionEdge'] = ResolversParentTypes['SourcingRulesVersionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SourcingRulesVersion'], ParentType, ContextType>;
};

export type SourcingRulesPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcingRulesPayload'] = ResolversParentTypes['SourcingRulesPayload']> = {
  version?: Resolver<ResolversTypes['SourcingRulesVersion'], ParentType, ContextType>;
};

export type SourcingTrialResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcingTrial'] = ResolversParentTypes['SourcingTrial']> = {
  triedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  incompleteCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  parcelsBefore?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  parcelsAfter?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unsourcedBefore?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unsourcedAfter?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['SourcingTrialChange']>, ParentType, ContextType>;
};

export type SourcingTrialChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcingTrialChange'] = ResolversParentTypes['SourcingTrialChange']> = {
  order?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  before?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  after?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type NodeCapacityDayResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['NodeCapacityDay'] = ResolversParentTypes['NodeCapacityDay']> = {
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  day?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ordersPerDay?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unitsPerDay?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  orders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  units?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isLimited?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type LimitNodeCapacityPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LimitNodeCapacityPayload'] = ResolversParentTypes['LimitNodeCapacityPayload']> = {
  day?: Resolver<ResolversTypes['NodeCapacityDay'], ParentType, ContextType>;
};

export type RejectWorkPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RejectWorkPayload'] = ResolversParentTypes['RejectWorkPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type CustomerNoticeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CustomerNotice'] = ResolversParentTypes['CustomerNotice']> = {
  milestone?: Resolver<ResolversTypes['CustomerMilestone'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CustomerNoticeState'], ParentType, ContextType>;
  reachedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SalesOrderResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SalesOrder'] = ResolversParentTypes['SalesOrder']> = {
  system?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SalesOrderState'], ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  invoices?: Resolver<ReadonlyArray<ResolversTypes['SalesOrderInvoice']>, ParentType, ContextType>;
};

export type SalesOrderInvoiceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SalesOrderInvoice'] = ResolversParentTypes['SalesOrderInvoice']> = {
  shipment?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SalesOrderInvoiceState'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type HandOverAgainPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['HandOverAgainPayload'] = ResolversParentTypes['HandOverAgainPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type SourceAgainPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourceAgainPayload'] = ResolversParentTypes['SourceAgainPayload']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'id'>>;
  orderByExternalId?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderByExternalIdArgs, 'channel' | 'externalId'>>;
  orders?: Resolver<ResolversTypes['OrderConnection'], ParentType, ContextType, RequireFields<QueryOrdersArgs, 'first'>>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerArgs, 'reference'>>;
  customerByReference?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerByReferenceArgs, 'system' | 'reference'>>;
  pickList?: Resolver<ResolversTypes['PickListConnection'], ParentType, ContextType, RequireFields<QueryPickListArgs, 'location' | 'first'>>;
  orderSearch?: Resolver<ResolversTypes['OrderSearchConnection'], ParentType, ContextType, RequireFields<QueryOrderSearchArgs, 'first' | 'filter'>>;
  sourceCart?: Resolver<ResolversTypes['SourcedCart'], ParentType, ContextType, RequireFields<QuerySourceCartArgs, 'channel' | 'lines'>>;
  sourcingRules?: Resolver<ResolversTypes['SourcingRulesVersion'], ParentType, ContextType, Partial<QuerySourcingRulesArgs>>;
  sourcingRulesVersions?: Resolver<ResolversTypes['SourcingRulesVersionConnection'], ParentType, ContextType, RequireFields<QuerySourcingRulesVersionsArgs, 'first'>>;
  trySourcingRules?: Resolver<ResolversTypes['SourcingTrial'], ParentType, ContextType, RequireFields<QueryTrySourcingRulesArgs, 'version' | 'first'>>;
  nodeCapacity?: Resolver<ReadonlyArray<ResolversTypes['NodeCapacityDay']>, ParentType, ContextType, RequireFields<QueryNodeCapacityArgs, 'location' | 'days'>>;
  _entities?: Resolver<ReadonlyArray<Maybe<ResolversTypes['_Entity']>>, ParentType, ContextType, RequireFields<Query_EntitiesArgs, 'representations'>>;
  _service?: Resolver<ResolversTypes['_Service'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  placeOrder?: Resolver<ResolversTypes['PlaceOrderPayload'], ParentType, ContextType, RequireFields<MutationPlaceOrderArgs, 'input'>>;
  cancelOrder?: Resolver<ResolversTypes['CancelOrderPayload'], ParentType, ContextType, RequireFields<MutationCancelOrderArgs, 'input'>>;
  editOrder?: Resolver<ResolversTypes['EditOrderPayload'], ParentType, ContextType, RequireFields<MutationEditOrderArgs, 'input'>>;
  substituteLine?: Resolver<ResolversTypes['SubstituteLinePayload'], ParentType, ContextType, RequireFields<MutationSubstituteLineArgs, 'input'>>;
  placeHold?: Resolver<ResolversTypes['PlaceHoldPayload'], ParentType, ContextType, RequireFields<MutationPlaceHoldArgs, 'input'>>;
  prioritiseOrder?: Resolver<ResolversTypes['PrioritiseOrderPayload'], ParentType, ContextType, RequireFields<MutationPrioritiseOrderArgs, 'input'>>;
  linkCustomer?: Resolver<ResolversTypes['CustomerReferencePayload'], ParentType, ContextType, RequireFields<MutationLinkCustomerArgs, 'input'>>;
  unlinkCustomer?: Resolver<ResolversTypes['CustomerReferencePayload'], ParentType, ContextType, RequireFields<MutationUnlinkCustomerArgs, 'input'>>;
  eraseCustomer?: Resolver<ResolversTypes['EraseCustomerPayload'], ParentType, ContextType, RequireFields<MutationEraseCustomerArgs, 'input'>>;
  resolveHold?: Resolver<ResolversTypes['ResolveHoldPayload'], ParentType, ContextType, RequireFields<MutationResolveHoldArgs, 'input'>>;
  acceptWork?: Resolver<ResolversTypes['AcceptWorkPayload'], ParentType, ContextType, RequireFields<MutationAcceptWorkArgs, 'input'>>;
  fulfilOrder?: Resolver<ResolversTypes['FulfilOrderPayload'], ParentType, ContextType, RequireFields<MutationFulfilOrderArgs, 'input'>>;
  rejectWork?: Resolver<ResolversTypes['RejectWorkPayload'], ParentType, ContextType, RequireFields<MutationRejectWorkArgs, 'input'>>;
  sourceAgain?: Resolver<ResolversTypes['SourceAgainPayload'], ParentType, ContextType, RequireFields<MutationSourceAgainArgs, 'input'>>;
  handOverAgain?: Resolver<ResolversTypes['HandOverAgainPayload'], ParentType, ContextType, RequireFields<MutationHandOverAgainArgs, 'input'>>;
  draftSourcingRules?: Resolver<ResolversTypes['SourcingRulesPayload'], ParentType, ContextType, RequireFields<MutationDraftSourcingRulesArgs, 'input'>>;
  activateSourcingRules?: Resolver<ResolversTypes['SourcingRulesPayload'], ParentType, ContextType, RequireFields<MutationActivateSourcingRulesArgs, 'input'>>;
  withdrawSourcingRules?: Resolver<ResolversTypes['SourcingRulesPayload'], ParentType, ContextType, RequireFields<MutationWithdrawSourcingRulesArgs, 'input'>>;
  limitNodeCapacity?: Resolver<ResolversTypes['LimitNodeCapacityPayload'], ParentType, ContextType, RequireFields<MutationLimitNodeCapacityArgs, 'input'>>;
};

export type OrderStatusFrameResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderStatusFrame'] = ResolversParentTypes['OrderStatusFrame']> = {
  cursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
  reset?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['OrderStatusChange']>, ParentType, ContextType>;
};

export type OrderStatusChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderStatusChange'] = ResolversParentTypes['OrderStatusChange']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  deleted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['OrderStatus']>, ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  lines?: Resolver<Maybe<ReadonlyArray<ResolversTypes['OrderLineStatus']>>, ParentType, ContextType>;
  changedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type OrderLineStatusResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderLineStatus'] = ResolversParentTypes['OrderLineStatus']> = {
  line?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lineNo?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  states?: Resolver<ReadonlyArray<ResolversTypes['LineStateQuantity']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  orderStatusChanged?: SubscriptionResolver<ResolversTypes['OrderStatusFrame'], "orderStatusChanged", ParentType, ContextType, RequireFields<SubscriptionOrderStatusChangedArgs, 'minIntervalMs'>>;
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
  __resolveType: TypeResolveFn<'Customer' | 'Location' | 'Order' | 'OrderLine' | 'Sku', ParentType, ContextType>;
};

export type Resolvers<ContextType = GraphqlContext> = {
  Quantity?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  SafeInteger?: GraphQLScalarType;
  ChangeCursor?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Sku?: SkuResolvers<ContextType>;
  Location?: LocationResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderOrchestrator?: OrderOrchestratorResolvers<ContextType>;
  OrderMarketplace?: OrderMarketplaceResolvers<ContextType>;
  MarketplaceWord?: MarketplaceWordResolvers<ContextType>;
  OrderTotals?: OrderTotalsResolvers<ContextType>;
  OrderLine?: OrderLineResolvers<ContextType>;
  OrderPickup?: OrderPickupResolvers<ContextType>;
  OrderTransfer?: OrderTransferResolvers<ContextType>;
  OrderTransferLine?: OrderTransferLineResolvers<ContextType>;
  OrderWork?: OrderWorkResolvers<ContextType>;
  WorkTask?: WorkTaskResolvers<ContextType>;
  PickListConnection?: PickListConnectionResolvers<ContextType>;
  PickListEdge?: PickListEdgeResolvers<ContextType>;
  LineSubstitution?: LineSubstitutionResolvers<ContextType>;
  LineDiscount?: LineDiscountResolvers<ContextType>;
  Tax?: TaxResolvers<ContextType>;
  OrderLineTotals?: OrderLineTotalsResolvers<ContextType>;
  LineStateQuantity?: LineStateQuantityResolvers<ContextType>;
  OrderCharge?: OrderChargeResolvers<ContextType>;
  Shipment?: ShipmentResolvers<ContextType>;
  HandOver?: HandOverResolvers<ContextType>;
  ParcelTracking?: ParcelTrackingResolvers<ContextType>;
  ShipmentLabel?: ShipmentLabelResolvers<ContextType>;
  ParcelLabel?: ParcelLabelResolvers<ContextType>;
  ShipmentLine?: ShipmentLineResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PaymentOperation?: PaymentOperationResolvers<ContextType>;
  OrderTaxCheck?: OrderTaxCheckResolvers<ContextType>;
  OrderHold?: OrderHoldResolvers<ContextType>;
  OrderHoldEnd?: OrderHoldEndResolvers<ContextType>;
  StoreReceipt?: StoreReceiptResolvers<ContextType>;
  TimelineConnection?: TimelineConnectionResolvers<ContextType>;
  TimelineEdge?: TimelineEdgeResolvers<ContextType>;
  TimelineEntry?: TimelineEntryResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderSearchConnection?: OrderSearchConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PostalAddress?: PostalAddressResolvers<ContextType>;
  PlaceOrderPayload?: PlaceOrderPayloadResolvers<ContextType>;
  EditOrderPayload?: EditOrderPayloadResolvers<ContextType>;
  SubstituteLinePayload?: SubstituteLinePayloadResolvers<ContextType>;
  PlaceHoldPayload?: PlaceHoldPayloadResolvers<ContextType>;
  PrioritiseOrderPayload?: PrioritiseOrderPayloadResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  CustomerReference?: CustomerReferenceResolvers<ContextType>;
  CustomerReferencePayload?: CustomerReferencePayloadResolvers<ContextType>;
  EraseCustomerPayload?: EraseCustomerPayloadResolvers<ContextType>;
  ResolveHoldPayload?: ResolveHoldPayloadResolvers<ContextType>;
  CancelOrderPayload?: CancelOrderPayloadResolvers<ContextType>;
  AcceptWorkPayload?: AcceptWorkPayloadResolvers<ContextType>;
  FulfilOrderPayload?: FulfilOrderPayloadResolvers<ContextType>;
  DeliveryPromise?: DeliveryPromiseResolvers<ContextType>;
  DeliveryEstimate?: DeliveryEstimateResolvers<ContextType>;
  SourcingDecision?: SourcingDecisionResolvers<ContextType>;
  SourcingDecisionLine?: SourcingDecisionLineResolvers<ContextType>;
  SourcingCandidate?: SourcingCandidateResolvers<ContextType>;
  SourcedCart?: SourcedCartResolvers<ContextType>;
  SourcingNodeRules?: SourcingNodeRulesResolvers<ContextType>;
  SourcingNode?: SourcingNodeResolvers<ContextType>;
  PostalArea?: PostalAreaResolvers<ContextType>;
  TransitTime?: TransitTimeResolvers<ContextType>;
  SourcingRules?: SourcingRulesResolvers<ContextType>;
  SourcingRulesVersion?: SourcingRulesVersionResolvers<ContextType>;
  SourcingRulesAct?: SourcingRulesActResolvers<ContextType>;
  SourcingRulesVersionConnection?: SourcingRulesVersionConnectionResolvers<ContextType>;
  SourcingRulesVersionEdge?: SourcingRulesVersionEdgeResolvers<ContextType>;
  SourcingRulesPayload?: SourcingRulesPayloadResolvers<ContextType>;
  SourcingTrial?: SourcingTrialResolvers<ContextType>;
  SourcingTrialChange?: SourcingTrialChangeResolvers<ContextType>;
  NodeCapacityDay?: NodeCapacityDayResolvers<ContextType>;
  LimitNodeCapacityPayload?: LimitNodeCapacityPayloadResolvers<ContextType>;
  RejectWorkPayload?: RejectWorkPayloadResolvers<ContextType>;
  CustomerNotice?: CustomerNoticeResolvers<ContextType>;
  SalesOrder?: SalesOrderResolvers<ContextType>;
  SalesOrderInvoice?: SalesOrderInvoiceResolvers<ContextType>;
  HandOverAgainPayload?: HandOverAgainPayloadResolvers<ContextType>;
  SourceAgainPayload?: SourceAgainPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  OrderStatusFrame?: OrderStatusFrameResolvers<ContextType>;
  OrderStatusChange?: OrderStatusChangeResolvers<ContextType>;
  OrderLineStatus?: OrderLineStatusResolvers<ContextType>;
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
