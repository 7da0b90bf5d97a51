import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Refund as RefundState, ReturnState, Authorization as AuthorizationState, Charge as ChargeState, ReturnLine as ReturnLineState } from '../domain/return-state.ts';
import type { BookingOfPosting } from './posting-resolvers.ts';
import type { ReturnOutcome } from '../app/handle-return.ts';
import type { PostingEntry, ShelfMove } from '../domain/posting/posting-state.ts';
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
};

export type Location = {
  readonly __typename?: 'Location';
  readonly id: Scalars['ID']['output'];
};

export type OrderLine = {
  readonly __typename?: 'OrderLine';
  readonly id: Scalars['ID']['output'];
};

export type Order = {
  readonly __typename?: 'Order';
  readonly id: Scalars['ID']['output'];
  /** Returns of this order, the oldest first; null while returns are away. */
  readonly returns: Maybe<ReadonlyArray<Return>>;
};

export type Customer = {
  readonly __typename?: 'Customer';
  /** As channels name them in their orders. */
  readonly reference: Scalars['ID']['output'];
  /** What they bring back, the newest first; null while returns are away. */
  readonly returns: Maybe<ReturnConnection>;
};


export type CustomerReturnsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** Goods that come back. */
export type Return = {
  readonly __typename?: 'Return';
  /** Given by the hub. */
  readonly id: Scalars['ID']['output'];
  /** The number that the customer or the store uses. */
  readonly number: Scalars['String']['output'];
  /** What was bought; null for a blind return. */
  readonly order: Maybe<Order>;
  /** The customer, when known. */
  readonly customer: Maybe<Scalars['String']['output']>;
  /** Derived from its lines. */
  readonly status: ReturnStatus;
  /** Where it is expected or was received; null while open. */
  readonly location: Maybe<Location>;
  /** When it was asked for, or received when nobody asked. */
  readonly openedAt: Scalars['DateTime']['output'];
  /** What comes back. */
  readonly lines: ReadonlyArray<ReturnLine>;
  /** Money given back. */
  readonly refunds: ReadonlyArray<Refund>;
  /** What the books are told of it, in order; empty where no ERP takes it, and before there is anything. */
  readonly postings: ReadonlyArray<ReturnPosting>;
  /** Goods that are held, or no longer, because of what the books say; in order. */
  readonly shelfMoves: ReadonlyArray<ReturnShelfMove>;
  /** How it began. */
  readonly start: ReturnStart;
  /** How it was decided whether the goods may come back; null when nobody was asked. */
  readonly authorization: Maybe<ReturnAuthorization>;
  /** Money that the customer owes, because it was given back and is not due after all. */
  readonly charges: ReadonlyArray<ReturnCharge>;
  /** The order that the customer gets instead; null without an exchange. */
  readonly exchange: Maybe<Order>;
};

/** One document that the books get of a return. Its content never changes. */
export type ReturnPosting = {
  readonly __typename?: 'ReturnPosting';
  /** The ERP holds one document of it. */
  readonly id: Scalars['ID']['output'];
  /** What it is about. */
  readonly subject: ReturnPostingSubject;
  /** The refund or charge that it is about; null for goods. */
  readonly about: Maybe<Scalars['ID']['output']>;
  /** How it is posted. */
  readonly kind: ReturnPostingKind;
  /** Where it stands. */
  readonly status: ReturnPostingStatus;
  /** When it was planned; its day is the day of the posting, in UTC. */
  readonly plannedAt: Scalars['DateTime']['output'];
  /** How often it was handed over: once, and once more for each replay of what was refused. */
  readonly attempts: Scalars['Int']['output'];
  /** What the ERP calls it; null until it is posted. */
  readonly document: Maybe<Scalars['String']['output']>;
  /** Why it is not posted; null while nothing speaks against it. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** Its lines, which add up to nothing. */
  readonly bookings: ReadonlyArray<ReturnBooking>;
};

/** What a posting is about. */
export type ReturnPostingSubject =
  /** The value of the goods. */
  | 'GOODS'
  /** What the customer is owed. */
  | 'REFUND'
  /** What the customer has been given. */
  | 'PAYMENT'
  /** What the customer owes. */
  | 'CHARGE';

/** How something is posted. */
export type ReturnPostingKind =
  /** By an entry whose debits and credits are equal. */
  | 'JOURNAL'
  /** By a credit note for the customer. */
  | 'CREDIT_NOTE';

/** Where a posting stands. */
export type ReturnPostingStatus =
  /** Going to be handed to the ERP's queue. */
  | 'PLANNED'
  /** Waits in the ERP's queue. */
  | 'QUEUED'
  /** In the books. */
  | 'POSTED'
  /** The ERP said no: nothing of it is in the books. */
  | 'REFUSED'
  /** Tried too often: it may be in the books, and a person decides. */
  | 'GIVEN_UP'
  /** A later one does what it should have done. */
  | 'REPLACED';

/** One account of a posting. */
export type ReturnBooking = {
  readonly __typename?: 'ReturnBooking';
  /** What the account is for, such as INVENTORY. */
  readonly account: Scalars['String']['output'];
  /** What the account is divided by, such as a location or a tender; null: nothing. */
  readonly dimension: Maybe<Scalars['String']['output']>;
  /** Debited with more than nothing, credited with less. */
  readonly amount: Money;
};

/** Goods that go from being for sale to being held because the books do not follow, or back. */
export type ReturnShelfMove = {
  readonly __typename?: 'ReturnShelfMove';
  /** Given by the hub. */
  readonly id: Scalars['ID']['output'];
  /** Which way. */
  readonly direction: ReturnShelfMoveDirection;
  /** Where. */
  readonly location: Location;
  /** What. */
  readonly lines: ReadonlyArray<ReturnShelfMoveLine>;
  /** Whether the ledger has moved them. */
  readonly isDone: Scalars['Boolean']['output'];
  /** Why it has not; null while nothing speaks against it. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** Which way goods go. */
export type ReturnShelfMoveDirection =
  /** From SELLABLE to QC_HOLD: their return is not in the books. */
  | 'HOLD'
  /** Back to SELLABLE: it is in the books, or they went elsewhere. */
  | 'RELEASE';

/** Goods that are held or no longer. */
export type ReturnShelfMoveLine = {
  readonly __typename?: 'ReturnShelfMoveLine';
  /** What; null while what is asked of it cannot be answered. */
  readonly sku: Maybe<Sku>;
  /** How much. */
  readonly quantity: Scalars['Quantity']['output'];
};

/** How a return began. */
export type ReturnStart =
  /** The customer asked for it. */
  | 'CUSTOMER'
  /** A store asked for it, also for what was bought elsewhere. */
  | 'STORE'
  /** An agent asked for it. */
  | 'AGENT'
  /** Goods are there, and no order was found for them. */
  | 'BLIND'
  /** The goods were not taken in. */
  | 'REFUSED_DELIVERY'
  /** A marketplace has agreed to it. */
  | 'MARKETPLACE'
  /** Another system told of goods that had come. */
  | 'SYSTEM';

/** How it was decided whether goods may come back. */
export type ReturnAuthorization = {
  readonly __typename?: 'ReturnAuthorization';
  /** What spoke for or against it: codes such as WITHIN_POLICY, BEYOND_WINDOW, FINAL_SALE, WORTH_ABOVE_LIMIT, MANY_RETURNS. */
  readonly reasons: ReadonlyArray<Scalars['String']['output']>;
  /** The version of the rules that said so. */
  readonly rulesVersion: Scalars['String']['output'];
  /** Who decided what the rules left open; null when nobody had to. */
  readonly decidedBy: Maybe<Scalars['String']['output']>;
  /** In their words. */
  readonly note: Maybe<Scalars['String']['output']>;
};

/** Where a return stands. */
export type ReturnStatus =
  /** Asked for. */
  | 'REQUESTED'
  /** May be sent back. */
  | 'AUTHORIZED'
  /** Refused. */
  | 'REJECTED'
  /** Called off. */
  | 'CANCELLED'
  /** The goods are here. */
  | 'RECEIVED'
  /** The goods were looked at. */
  | 'INSPECTED'
  /** It is decided what becomes of the goods. */
  | 'DISPOSITIONED'
  /** All that follows from it is done; only a revision opens it again. */
  | 'CLOSED';

/** One kind of goods that comes back. */
export type ReturnLine = {
  readonly __typename?: 'ReturnLine';
  /** Given by the hub. */
  readonly id: Scalars['ID']['output'];
  /** What comes back; null while what is asked of it cannot be answered. */
  readonly sku: Maybe<Sku>;
  /** The line that was bought; null for a blind return. */
  readonly orderLine: Maybe<OrderLine>;
  /** How much. */
  readonly quantity: Scalars['Quantity']['output'];
  /** Why. */
  readonly reason: ReturnReason;
  /** Where it stands. */
  readonly status: ReturnStatus;
  /** What it looked like; null before the inspection. */
  readonly condition: Maybe<ReturnCondition>;
  /** What became of it; null before the decision. */
  readonly disposition: Maybe<Disposition>;
  /** Where it lies; null before it has come. */
  readonly location: Maybe<Location>;
  /** When it came; null before, and where that was not kept. */
  readonly receivedAt: Maybe<Scalars['DateTime']['output']>;
  /** What the inspection found, in words. */
  readonly note: Maybe<Scalars['String']['output']>;
  /** Where pictures and other proof of the inspection lie. */
  readonly evidence: ReadonlyArray<Scalars['String']['output']>;
};

/** Why goods come back. */
export type ReturnReason =
  /** Too small. */
  | 'SIZE_SMALL'
  /** Too large. */
  | 'SIZE_LARGE'
  /** The colour does not please. */
  | 'COLOUR'
  /** The style does not please. */
  | 'STYLE'
  /** Does not work. */
  | 'DEFECTIVE'
  /** Broken on the way. */
  | 'DAMAGED_IN_TRANSIT'
  /** Something else was sent. */
  | 'WRONG_ITEM'
  /** Not as described. */
  | 'NOT_AS_DESCRIBED'
  /** Came too late. */
  | 'LATE'
  /** No longer wanted. */
  | 'UNWANTED'
  /** Ordered twice. */
  | 'DUPLICATE'
  /** Not taken in. */
  | 'REFUSED'
  /** Anything else. */
  | 'OTHER';

/** What returned goods look like. */
export type ReturnCondition =
  /** As new. */
  | 'A'
  /** Opened. */
  | 'B'
  /** Used or damaged, repairable. */
  | 'C'
  /** Beyond repair. */
  | 'D';

/** What becomes of returned goods. */
export type Disposition =
  /** Back on the shelf: SELLABLE. */
  | 'RESTOCK'
  /** To be made good: QC_HOLD. */
  | 'REFURBISH'
  /** DAMAGED. */
  | 'DAMAGED'
  /** Back to the supplier: QUARANTINE until it leaves. */
  | 'RETURN_TO_VENDOR'
  /** Sold off: leaves the stock. */
  | 'LIQUIDATE'
  /** Given away: leaves the stock. */
  | 'DONATE'
  /** Destroyed: leaves the stock. */
  | 'DESTROY'
  /** Not there after all: leaves the stock. */
  | 'MISSING'
  /** The customer keeps it, and it never comes: no movement. */
  | 'KEEP_IT';

/** Money given back. */
export type Refund = {
  readonly __typename?: 'Refund';
  /** Given by the hub. */
  readonly id: Scalars['ID']['output'];
  /** How much. */
  readonly amount: Money;
  /** Where it stands. */
  readonly status: RefundStatus;
  /** When it was asked for. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** What it is made of; null when another system decided about it, or it gives back anew what had failed. */
  readonly parts: Maybe<RefundParts>;
  /** As it was handed out; empty when it goes back on the payments of the order. */
  readonly tenders: ReadonlyArray<RefundTender>;
  /** The store that hands it out; null when it goes back on the payments of the order. */
  readonly counter: Maybe<RefundCounter>;
  /** The refund that gives back what of this one did not reach the customer; null when there is none. */
  readonly replacedBy: Maybe<Scalars['ID']['output']>;
};

/** What an amount is made of: goods, shipping and other charges, less fees, what is withheld and what is offset. */
export type RefundParts = {
  readonly __typename?: 'RefundParts';
  /** The goods, with their tax and less their discounts. */
  readonly goods: Money;
  /** Carriage, with its tax. */
  readonly shipping: Money;
  /** Other charges, with their tax. */
  readonly other: Money;
  /** Of these three, tax. */
  readonly tax: Money;
  /** Kept by the retailer, such as for restocking. */
  readonly fees: Money;
  /** Not given back, because less was paid and is not refunded. */
  readonly withheld: Money;
  /** Not given back, because the customer owed it. */
  readonly offset: Money;
};

/** Money as it was handed out. */
export type RefundTender = {
  readonly __typename?: 'RefundTender';
  /** How. */
  readonly tender: Tender;
  /** How much. */
  readonly amount: Money;
};

/** A store that hands out money. */
export type RefundCounter = {
  readonly __typename?: 'RefundCounter';
  /** The store. */
  readonly location: Location;
  /** Its drawer, or the number of the card or voucher. */
  readonly reference: Scalars['String']['output'];
};

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

/** Where a refund stands. */
export type RefundStatus =
  /** Asked for. */
  | 'REQUESTED'
  /** Registered with the payments; their providers have not said yet what became of it. */
  | 'SUBMITTED'
  /** Given back. */
  | 'SUCCEEDED'
  /** Refused: more than was captured, or a provider could not give back all of it. */
  | 'FAILED'
  /** Given back, and it came back. */
  | 'REVERSED'
  /** It had failed, and the money is no longer due. */
  | 'CANCELLED';

/** Money that a customer owes: it was given back and is not due after all. */
export type ReturnCharge = {
  readonly __typename?: 'ReturnCharge';
  /** Given by the hub. */
  readonly id: Scalars['ID']['output'];
  /** How much. */
  readonly amount: Money;
  /** Of the amount, what later refunds were smaller by. */
  readonly offset: Money;
  /** Where it stands. */
  readonly status: ReturnChargeStatus;
  /** Why, or why it is owed no more. */
  readonly reason: Scalars['String']['output'];
  /** Since when. */
  readonly requestedAt: Scalars['DateTime']['output'];
};

/** Where a charge stands. */
export type ReturnChargeStatus =
  /** The customer owes it. */
  | 'OPEN'
  /** Later refunds were so much smaller. */
  | 'OFFSET'
  /** The customer has paid it. */
  | 'SETTLED'
  /** Nobody wants it any more. */
  | 'WAIVED';

/** A page of returns. */
export type ReturnConnection = {
  readonly __typename?: 'ReturnConnection';
  /** The returns with the cursors to page by. */
  readonly edges: ReadonlyArray<ReturnEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** A return in a list. */
export type ReturnEdge = {
  readonly __typename?: 'ReturnEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The return. */
  readonly node: Return;
};

/** Where a page lies in its list. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Whether more follow. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** The cursor of the last entry; null on an empty page. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
};

/** A return to be started. */
export type RequestReturnInput = {
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** What was bought. */
  readonly order: Scalars['ID']['input'];
  /** Where it will come in; absent: open. */
  readonly location?: InputMaybe<Scalars['ID']['input']>;
  /** 1 to 200 lines. */
  readonly lines: ReadonlyArray<RequestReturnLineInput>;
  /** How it begins, where the caller does not say it: REFUSED_DELIVERY or MARKETPLACE, for staff alone. */
  readonly start?: InputMaybe<StatedReturnStart>;
};

/** How a return begins, in the words of staff. */
export type StatedReturnStart =
  /** The goods were not taken in. */
  | 'REFUSED_DELIVERY'
  /** A marketplace has agreed to it. */
  | 'MARKETPLACE';

/** A return of goods that no order was found for. */
export type OpenBlindReturnInput = {
  /** The same key with the same content answers the first outcome again; with other content it is refused. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Where the goods are. */
  readonly location: Scalars['ID']['input'];
  /** Who brings them, when known; at most 200 characters. */
  readonly customer?: InputMaybe<Scalars['String']['input']>;
  /** The currency of whatever is handed out. */
  readonly currency: Scalars['CurrencyCode']['input'];
  /** 1 to 200 lines. */
  readonly lines: ReadonlyArray<OpenBlindReturnLineInput>;
};

/** One kind of goods that no order was found for. */
export type OpenBlindReturnLineInput = {
  /** Which. */
  readonly sku: Scalars['ID']['input'];
  /** How much, more than nothing. */
  readonly quantity: Scalars['Quantity']['input'];
  /** Why. */
  readonly reason: ReturnReason;
};

/** What of one line comes back. */
export type RequestReturnLineInput = {
  /** The line that was bought. */
  readonly orderLine: Scalars['ID']['input'];
  /** How much, more than nothing. */
  readonly quantity: Scalars['Quantity']['input'];
  /** Why. */
  readonly reason: ReturnReason;
};

/** A return to be allowed or refused by a person. Requests within the policy are authorized at once. */
export type AuthorizeReturnInput = {
  /** Which. */
  readonly return: Scalars['ID']['input'];
  /** False refuses it. */
  readonly approve: Scalars['Boolean']['input'];
  /** Why; at most 1,000 characters. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
};

/** A return that is called off as far as its goods have not come. */
export type CancelReturnInput = {
  /** Which. */
  readonly return: Scalars['ID']['input'];
};

/** Goods that arrived at a store. A warehouse tells it by its own message. */
export type ReceiveReturnInput = {
  /** Which. */
  readonly return: Scalars['ID']['input'];
  /** Where. */
  readonly location: Scalars['ID']['input'];
  /** A repeat under it changes nothing; needed with lines. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What came, also more, less or other goods than announced: 1 to 200 lines. Absent: everything that is authorized. */
  readonly lines?: InputMaybe<ReadonlyArray<ReceiveReturnLineInput>>;
};

/** One kind of goods that arrived. */
export type ReceiveReturnLineInput = {
  /** What came. */
  readonly sku: Scalars['ID']['input'];
  /** How much, more than nothing. */
  readonly quantity: Scalars['Quantity']['input'];
  /** The line that it is; absent: the first lines of the SKU that are expected. */
  readonly line?: InputMaybe<Scalars['ID']['input']>;
};

/** What the goods look like. */
export type InspectReturnInput = {
  /** Which. */
  readonly return: Scalars['ID']['input'];
  /** 1 to 200 lines. */
  readonly lines: ReadonlyArray<InspectReturnLineInput>;
};

/** What one line looks like. */
export type InspectReturnLineInput = {
  /** Which. */
  readonly line: Scalars['ID']['input'];
  /** How it looks. */
  readonly condition: ReturnCondition;
  /** Of the line, the units that look so; the others become a line of their own. Absent: all. */
  readonly quantity?: InputMaybe<Scalars['Quantity']['input']>;
  /** What was found, at most 1,000 characters. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
  /** Where pictures and other proof lie; at most 20, each of at most 1,000 characters. */
  readonly evidence?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** What becomes of the goods. */
export type DispositionReturnInput = {
  /** Which. */
  readonly return: Scalars['ID']['input'];
  /** 1 to 200 lines. */
  readonly lines: ReadonlyArray<DispositionReturnLineInput>;
  /** Hands the money out instead of giving it back on the payments of the order, once the refund has SUCCEEDED. */
  readonly handOut?: InputMaybe<RefundHandOutInput>;
};

/** Money that a store hands out. */
export type RefundHandOutInput = {
  /** How. */
  readonly tender: HandOutTender;
  /** The store. */
  readonly location: Scalars['ID']['input'];
  /** Its drawer, or the number of the card or voucher; at most 1,000 characters. */
  readonly reference: Scalars['String']['input'];
  /** In minor units, for a blind return alone: of others the hub says it. Bounded by the rules. */
  readonly amountMinor?: InputMaybe<Scalars['SafeInteger']['input']>;
};

/** How a store hands out money. */
export type HandOutTender =
  /** Notes and coins. */
  | 'CASH'
  /** A gift card. */
  | 'GIFT_CARD'
  /** Credit with the retailer. */
  | 'STORE_CREDIT';

/** What becomes of one line. */
export type DispositionReturnLineInput = {
  /** Which. */
  readonly line: Scalars['ID']['input'];
  /** What becomes of it. */
  readonly disposition: Disposition;
  /** Of the line, the units that are meant; the others become a line of their own. Absent: all. */
  readonly quantity?: InputMaybe<Scalars['Quantity']['input']>;
};

/** A refund that did not reach the customer. */
export type RetryReturnRefundInput = {
  /** Of which return. */
  readonly return: Scalars['ID']['input'];
  /** Which. */
  readonly refund: Scalars['ID']['input'];
};

/** A charge that is owed no more. */
export type EndReturnChargeInput = {
  /** Of which return. */
  readonly return: Scalars['ID']['input'];
  /** Which. */
  readonly charge: Scalars['ID']['input'];
  /** SETTLED or WAIVED. */
  readonly outcome: ReturnChargeEnd;
  /** Why, or how it was paid; at most 1,000 characters. */
  readonly reason: Scalars['String']['input'];
  /** Of SETTLED: how it was paid, so that it may be given back again. Absent: outside the hub. */
  readonly tender?: InputMaybe<Tender>;
};

/** How a charge ends. */
export type ReturnChargeEnd =
  /** The customer has paid it. */
  | 'SETTLED'
  /** Nobody wants it any more. */
  | 'WAIVED';

/** What the customer gets instead of what came back. */
export type LinkReturnExchangeInput = {
  /** Which return. */
  readonly return: Scalars['ID']['input'];
  /** The new order, of the same customer. */
  readonly order: Scalars['ID']['input'];
};

/** What came of a step of a return. */
export type ReturnPayload = {
  readonly __typename?: 'ReturnPayload';
  /** As it is now. */
  readonly return: Return;
  /** The change of returns that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

export type Query = {
  readonly __typename?: 'Query';
  /** A return by its id; null when there is none that the caller may see. */
  readonly return: Maybe<Return>;
  /** Returns that the caller may see, the newest first. */
  readonly returns: ReturnConnection;
  /** Returns whose goods wait at a location to be inspected or decided on, those that wait longest first. */
  readonly returnWork: ReturnConnection;
};


export type QueryReturnArgs = {
  id: Scalars['ID']['input'];
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
};


export type QueryReturnsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  location?: InputMaybe<Scalars['ID']['input']>;
  customer?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<ReturnStatus>;
  order?: InputMaybe<Scalars['ID']['input']>;
  openedFrom?: InputMaybe<Scalars['DateTime']['input']>;
  openedUntil?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryReturnWorkArgs = {
  location: Scalars['ID']['input'];
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Asks for a return of what was handed over. Authorized at once where the policy allows it. */
  readonly requestReturn: ReturnPayload;
  /** Opens a return of goods that are there and that no order was found for. */
  readonly openBlindReturn: ReturnPayload;
  /** Calls off what has not come; money that was given back in advance is owed. */
  readonly cancelReturn: ReturnPayload;
  /** Allows or refuses a return that the policy left open. */
  readonly authorizeReturn: ReturnPayload;
  /** Records that the goods arrived at a store: they are RETURN_PENDING there. */
  readonly receiveReturn: ReturnPayload;
  /** Records what the goods look like. */
  readonly inspectReturn: ReturnPayload;
  /** Gives back anew what of a refund failed or came back; for agents. */
  readonly retryReturnRefund: ReturnPayload;
  /** Ends what a customer owes; for agents. */
  readonly endReturnCharge: ReturnPayload;
  /** Names the order that the customer gets instead. */
  readonly linkReturnExchange: ReturnPayload;
  /** Decides what becomes of the goods, or decides it anew: moves the stock and gives the money back. */
  readonly dispositionReturn: ReturnPayload;
};


export type MutationRequestReturnArgs = {
  input: RequestReturnInput;
};


export type MutationOpenBlindReturnArgs = {
  input: OpenBlindReturnInput;
};


export type MutationCancelReturnArgs = {
  input: CancelReturnInput;
};


export type MutationAuthorizeReturnArgs = {
  input: AuthorizeReturnInput;
};


export type MutationReceiveReturnArgs = {
  input: ReceiveReturnInput;
};


export type MutationInspectReturnArgs = {
  input: InspectReturnInput;
};


export type MutationRetryReturnRefundArgs = {
  input: RetryReturnRefundInput;
};


export type MutationEndReturnChargeArgs = {
  input: EndReturnChargeInput;
};


export type MutationLinkReturnExchangeArgs = {
  input: LinkReturnExchangeInput;
};


export type MutationDispositionReturnArgs = {
  input: DispositionReturnInput;
};

/** Changes of returns. */
export type ReturnStatusFrame = {
  readonly __typename?: 'ReturnStatusFrame';
  /** Pass it as `after` to go on from here without a gap. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** True: forget what you know of this subscription, then apply the changes. */
  readonly reset: Scalars['Boolean']['output'];
  /** The newest value of each return that changed. */
  readonly changes: ReadonlyArray<ReturnStatusChange>;
};

/** A return after a change. */
export type ReturnStatusChange = {
  readonly __typename?: 'ReturnStatusChange';
  /** Identifies what changed. */
  readonly key: Scalars['String']['output'];
  /** Never goes back for a key. */
  readonly version: Scalars['SafeInteger']['output'];
  /** True when the return has left what is subscribed to. */
  readonly deleted: Scalars['Boolean']['output'];
  /** The return. */
  readonly return: Return;
  /** Its status; null when deleted. */
  readonly status: Maybe<ReturnStatus>;
  /** When the last change happened; null when deleted. */
  readonly changedAt: Maybe<Scalars['DateTime']['output']>;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /** Returns: a snapshot, then every change. */
  readonly returnStatusChanged: ReturnStatusFrame;
};


export type SubscriptionReturnStatusChangedArgs = {
  return?: InputMaybe<Scalars['ID']['input']>;
  order?: InputMaybe<Scalars['ID']['input']>;
  location?: InputMaybe<Scalars['ID']['input']>;
  customer?: InputMaybe<Scalars['String']['input']>;
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
  Order: Order;
  Customer: Customer;
  Return: Return;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"reference":true}> );
  Return:
    ( { __typename: 'Return' }
    & GraphQLRecursivePick<FederationTypes['Return'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  _Entity:
    | ( Omit<Customer, 'returns'> & { returns?: Maybe<_RefType['ReturnConnection']> } )
    | ( Location )
    | ( Omit<Order, 'returns'> & { returns?: Maybe<ReadonlyArray<_RefType['Return']>> } )
    | ( OrderLine )
    | ( ReturnState )
    | ( Sku )
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
  Sku: ResolverTypeWrapper<Sku>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Location: ResolverTypeWrapper<Location>;
  OrderLine: ResolverTypeWrapper<OrderLine>;
  Order: ResolverTypeWrapper<Omit<Order, 'returns'> & { returns?: Maybe<ReadonlyArray<ResolversTypes['Return']>> }>;
  Customer: ResolverTypeWrapper<Omit<Customer, 'returns'> & { returns?: Maybe<ResolversTypes['ReturnConnection']> }>;
  Return: ResolverTypeWrapper<ReturnState>;
  ReturnPosting: ResolverTypeWrapper<PostingEntry>;
  ReturnPostingSubject: ReturnPostingSubject;
  ReturnPostingKind: ReturnPostingKind;
  ReturnPostingStatus: ReturnPostingStatus;
  ReturnBooking: ResolverTypeWrapper<BookingOfPosting>;
  ReturnShelfMove: ResolverTypeWrapper<ShelfMove>;
  ReturnShelfMoveDirection: ReturnShelfMoveDirection;
  ReturnShelfMoveLine: ResolverTypeWrapper<ReturnShelfMoveLine>;
  ReturnStart: ReturnStart;
  ReturnAuthorization: ResolverTypeWrapper<AuthorizationState>;
  ReturnStatus: ReturnStatus;
  ReturnLine: ResolverTypeWrapper<ReturnLineState>;
  ReturnReason: ReturnReason;
  ReturnCondition: ReturnCondition;
  Disposition: Disposition;
  Refund: ResolverTypeWrapper<RefundState>;
  RefundParts: ResolverTypeWrapper<RefundParts>;
  RefundTender: ResolverTypeWrapper<RefundTender>;
  RefundCounter: ResolverTypeWrapper<RefundCounter>;
  Tender: Tender;
  RefundStatus: RefundStatus;
  ReturnCharge: ResolverTypeWrapper<ChargeState>;
  ReturnChargeStatus: ReturnChargeStatus;
  ReturnConnection: ResolverTypeWrapper<Omit<ReturnConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['ReturnEdge']> }>;
  ReturnEdge: ResolverTypeWrapper<Omit<ReturnEdge, 'node'> & { node: ResolversTypes['Return'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  RequestReturnInput: RequestReturnInput;
  StatedReturnStart: StatedReturnStart;
  OpenBlindReturnInput: OpenBlindReturnInput;
  OpenBlindReturnLineInput: OpenBlindReturnLineInput;
  RequestReturnLineInput: RequestReturnLineInput;
  AuthorizeReturnInput: AuthorizeReturnInput;
  CancelReturnInput: CancelReturnInput;
  ReceiveReturnInput: ReceiveReturnInput;
  ReceiveReturnLineInput: ReceiveReturnLineInput;
  InspectReturnInput: InspectReturnInput;
  InspectReturnLineInput: InspectReturnLineInput;
  DispositionReturnInput: DispositionReturnInput;
  RefundHandOutInput: RefundHandOutInput;
  HandOutTender: HandOutTender;
  DispositionReturnLineInput: DispositionReturnLineInput;
  RetryReturnRefundInput: RetryReturnRefundInput;
  EndReturnChargeInput: EndReturnChargeInput;
  ReturnChargeEnd: ReturnChargeEnd;
  LinkReturnExchangeInput: LinkReturnExchangeInput;
  ReturnPayload: ResolverTypeWrapper<ReturnOutcome>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReturnStatusFrame: ResolverTypeWrapper<Omit<ReturnStatusFrame, 'changes'> & { changes: ReadonlyArray<ResolversTypes['ReturnStatusChange']> }>;
  ReturnStatusChange: ResolverTypeWrapper<Omit<ReturnStatusChange, 'return'> & { return: ResolversTypes['Return'] }>;
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
  Sku: Sku;
  ID: Scalars['ID']['output'];
  Location: Location;
  OrderLine: OrderLine;
  Order: Omit<Order, 'returns'> & { returns?: Maybe<ReadonlyArray<ResolversParentTypes['Return']>> } | FederationReferenceTypes['Order'];
  Customer: Omit<Customer, 'returns'> & { returns?: Maybe<ResolversParentTypes['ReturnConnection']> } | FederationReferenceTypes['Customer'];
  Return: ReturnState;
  ReturnPosting: PostingEntry;
  ReturnBooking: BookingOfPosting;
  ReturnShelfMove: ShelfMove;
  ReturnShelfMoveLine: ReturnShelfMoveLine;
  ReturnAuthorization: AuthorizationState;
  ReturnLine: ReturnLineState;
  Refund: RefundState;
  RefundParts: RefundParts;
  RefundTender: RefundTender;
  RefundCounter: RefundCounter;
  ReturnCharge: ChargeState;
  ReturnConnection: Omit<ReturnConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['ReturnEdge']> };
  ReturnEdge: Omit<ReturnEdge, 'node'> & { node: ResolversParentTypes['Return'] };
  PageInfo: PageInfo;
  RequestReturnInput: RequestReturnInput;
  OpenBlindReturnInput: OpenBlindReturnInput;
  OpenBlindReturnLineInput: OpenBlindReturnLineInput;
  RequestReturnLineInput: RequestReturnLineInput;
  AuthorizeReturnInput: AuthorizeReturnInput;
  CancelReturnInput: CancelReturnInput;
  ReceiveReturnInput: ReceiveReturnInput;
  ReceiveReturnLineInput: ReceiveReturnLineInput;
  InspectReturnInput: InspectReturnInput;
  InspectReturnLineInput: InspectReturnLineInput;
  DispositionReturnInput: DispositionReturnInput;
  RefundHandOutInput: RefundHandOutInput;
  DispositionReturnLineInput: DispositionReturnLineInput;
  RetryReturnRefundInput: RetryReturnRefundInput;
  EndReturnChargeInput: EndReturnChargeInput;
  LinkReturnExchangeInput: LinkReturnExchangeInput;
  ReturnPayload: ReturnOutcome;
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  ReturnStatusFrame: Omit<ReturnStatusFrame, 'changes'> & { changes: ReadonlyArray<ResolversParentTypes['ReturnStatusChange']> };
  ReturnStatusChange: Omit<ReturnStatusChange, 'return'> & { return: ResolversParentTypes['Return'] };
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

export type SkuResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Sku'] = ResolversParentTypes['Sku']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LocationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Location'] = ResolversParentTypes['Location']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderLineResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrderLine'] = ResolversParentTypes['OrderLine']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  returns?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Return']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  reference?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  returns?: Resolver<Maybe<ResolversTypes['ReturnConnection']>, ParentType, ContextType, RequireFields<CustomerReturnsArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReturnResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Return'] = ResolversParentTypes['Return'], FederationReferenceType extends FederationReferenceTypes['Return'] = FederationReferenceTypes['Return']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Return']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReturnStatus'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['ReturnLine']>, ParentType, ContextType>;
  refunds?: Resolver<ReadonlyArray<ResolversTypes['Refund']>, ParentType, ContextType>;
  postings?: Resolver<ReadonlyArray<ResolversTypes['ReturnPosting']>, ParentType, ContextType>;
  shelfMoves?: Resolver<ReadonlyArray<ResolversTypes['ReturnShelfMove']>, ParentType, ContextType>;
  start?: Resolver<ResolversTypes['ReturnStart'], ParentType, ContextType>;
  authorization?: Resolver<Maybe<ResolversTypes['ReturnAuthorization']>, ParentType, ContextType>;
  charges?: Resolver<ReadonlyArray<ResolversTypes['ReturnCharge']>, ParentType, ContextType>;
  exchange?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReturnPostingResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReturnPosting'] = ResolversParentTypes['ReturnPosting']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['ReturnPostingSubject'], ParentType, ContextType>;
  about?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ReturnPostingKind'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReturnPostingStatus'], ParentType, ContextType>;
  plannedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  document?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  bookings?: Resolver<ReadonlyArray<ResolversTypes['ReturnBooking']>, ParentType, ContextType>;
};

export type ReturnBookingResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReturnBooking'] = ResolversParentTypes['ReturnBooking']> = {
  account?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  dimension?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ReturnShelfMoveResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReturnShelfMove'] = ResolversParentTypes['ReturnShelfMove']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['ReturnShelfMoveDirection'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['ReturnShelfMoveLine']>, ParentType, ContextType>;
  isDone?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReturnShelfMoveLineResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReturnShelfMoveLine'] = ResolversParentTypes['ReturnShelfMoveLine']> = {
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
};

export type ReturnAuthorizationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReturnAuthorization'] = ResolversParentTypes['ReturnAuthorization']> = {
  reasons?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  rulesVersion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  decidedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReturnLineResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReturnLine'] = ResolversParentTypes['ReturnLine']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  orderLine?: Resolver<Maybe<ResolversTypes['OrderLine']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ReturnReason'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReturnStatus'], ParentType, ContextType>;
  condition?: Resolver<Maybe<ResolversTypes['ReturnCondition']>, ParentType, ContextType>;
  disposition?: Resolver<Maybe<ResolversTypes['Disposition']>, ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  receivedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RefundResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RefundStatus'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  parts?: Resolver<Maybe<ResolversTypes['RefundParts']>, ParentType, ContextType>;
  tenders?: Resolver<ReadonlyArray<ResolversTypes['RefundTender']>, ParentType, ContextType>;
  counter?: Resolver<Maybe<ResolversTypes['RefundCounter']>, ParentType, ContextType>;
  replacedBy?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type RefundPartsResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RefundParts'] = ResolversParentTypes['RefundParts']> = {
  goods?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  shipping?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  other?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  fees?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  withheld?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  offset?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type RefundTenderResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RefundTender'] = ResolversParentTypes['RefundTender']> = {
  tender?: Resolver<ResolversTypes['Tender'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type RefundCounterResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RefundCounter'] = ResolversParentTypes['RefundCounter']> = {
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReturnChargeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReturnCharge'] = ResolversParentTypes['ReturnCharge']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  offset?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReturnChargeStatus'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ReturnConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReturnConnection'] = ResolversParentTypes['ReturnConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ReturnEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ReturnEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReturnEdge'] = ResolversParentTypes['ReturnEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Return'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReturnPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReturnPayload'] = ResolversParentTypes['ReturnPayload']> = {
  return?: Resolver<ResolversTypes['Return'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  return?: Resolver<Maybe<ResolversTypes['Return']>, ParentType, ContextType, RequireFields<QueryReturnArgs, 'id'>>;
  returns?: Resolver<ResolversTypes['ReturnConnection'], ParentType, ContextType, RequireFields<QueryReturnsArgs, 'first'>>;
  returnWork?: Resolver<ResolversTypes['ReturnConnection'], ParentType, ContextType, RequireFields<QueryReturnWorkArgs, 'location' | 'first'>>;
  _entities?: Resolver<ReadonlyArray<Maybe<ResolversTypes['_Entity']>>, ParentType, ContextType, RequireFields<Query_EntitiesArgs, 'representations'>>;
  _service?: Resolver<ResolversTypes['_Service'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  requestReturn?: Resolver<ResolversTypes['ReturnPayload'], ParentType, ContextType, RequireFields<MutationRequestReturnArgs, 'input'>>;
  openBlindReturn?: Resolver<ResolversTypes['ReturnPayload'], ParentType, ContextType, RequireFields<MutationOpenBlindReturnArgs, 'input'>>;
  cancelReturn?: Resolver<ResolversTypes['ReturnPayload'], ParentType, ContextType, RequireFields<MutationCancelReturnArgs, 'input'>>;
  authorizeReturn?: Resolver<ResolversTypes['ReturnPayload'], ParentType, ContextType, RequireFields<MutationAuthorizeReturnArgs, 'input'>>;
  receiveReturn?: Resolver<ResolversTypes['ReturnPayload'], ParentType, ContextType, RequireFields<MutationReceiveReturnArgs, 'input'>>;
  inspectReturn?: Resolver<ResolversTypes['ReturnPayload'], ParentType, ContextType, RequireFields<MutationInspectReturnArgs, 'input'>>;
  retryReturnRefund?: Resolver<ResolversTypes['ReturnPayload'], ParentType, ContextType, RequireFields<MutationRetryReturnRefundArgs, 'input'>>;
  endReturnCharge?: Resolver<ResolversTypes['ReturnPayload'], ParentType, ContextType, RequireFields<MutationEndReturnChargeArgs, 'input'>>;
  linkReturnExchange?: Resolver<ResolversTypes['ReturnPayload'], ParentType, ContextType, RequireFields<MutationLinkReturnExchangeArgs, 'input'>>;
  dispositionReturn?: Resolver<ResolversTypes['ReturnPayload'], ParentType, ContextType, RequireFields<MutationDispositionReturnArgs, 'input'>>;
};

export type ReturnStatusFrameResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReturnStatusFrame'] = ResolversParentTypes['ReturnStatusFrame']> = {
  cursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
  reset?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['ReturnStatusChange']>, ParentType, ContextType>;
};

export type ReturnStatusChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReturnStatusChange'] = ResolversParentTypes['ReturnStatusChange']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  deleted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  return?: Resolver<ResolversTypes['Return'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['ReturnStatus']>, ParentType, ContextType>;
  changedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  returnStatusChanged?: SubscriptionResolver<ResolversTypes['ReturnStatusFrame'], "returnStatusChanged", ParentType, ContextType, RequireFields<SubscriptionReturnStatusChangedArgs, 'minIntervalMs'>>;
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
  __resolveType: TypeResolveFn<'Customer' | 'Location' | 'Order' | 'OrderLine' | 'Return' | 'Sku', ParentType, ContextType>;
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
  OrderLine?: OrderLineResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  Return?: ReturnResolvers<ContextType>;
  ReturnPosting?: ReturnPostingResolvers<ContextType>;
  ReturnBooking?: ReturnBookingResolvers<ContextType>;
  ReturnShelfMove?: ReturnShelfMoveResolvers<ContextType>;
  ReturnShelfMoveLine?: ReturnShelfMoveLineResolvers<ContextType>;
  ReturnAuthorization?: ReturnAuthorizationResolvers<ContextType>;
  ReturnLine?: ReturnLineResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  RefundParts?: RefundPartsResolvers<ContextType>;
  RefundTender?: RefundTenderResolvers<ContextType>;
  RefundCounter?: RefundCounterResolvers<ContextType>;
  ReturnCharge?: ReturnChargeResolvers<ContextType>;
  ReturnConnection?: ReturnConnectionResolvers<ContextType>;
  ReturnEdge?: ReturnEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ReturnPayload?: ReturnPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  ReturnStatusFrame?: ReturnStatusFrameResolvers<ContextType>;
  ReturnStatusChange?: ReturnStatusChangeResolvers<ContextType>;
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
