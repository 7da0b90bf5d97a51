import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { BalanceSourceTold } from '../../../schema/commands/balances.ts';
import type { ReconciliationRun as RunState, ReconciledLocation as LocationState, ReconciliationItem, VarianceValue as ValueState } from '../domain/reconciliation-run.ts';
import type { ConsumerState, QueueState, CommandState } from '../../../schema/commands/outbound.ts';
import type { QuarantinedMessage as WaitingMessage } from '../../../schema/commands/inbox.ts';
import type { SalesDay } from '../../../schema/commands/sales.ts';
import type { RegisterOfDay, BatchOfDay } from './sales-resolvers.ts';
import type { AuditEntry as AuditRecord } from '../app/audit-trail.ts';
import type { ExceptionAction as ActionState } from '../domain/exception-action.ts';
import type { ExceptionState } from '../domain/exception-state.ts';
import type { MappingOutcome } from '../app/change-mapping.ts';
import type { MappingSet as MappingSetState } from '../domain/mapping-set.ts';
import type { ExceptionOutcome } from '../app/handle-exception.ts';
import type { FoundOrchestration } from '../app/find-orchestration.ts';
import type { OrchestrationDecision as DecisionState } from '../domain/orchestration-decision.ts';
import type { VersionedRule } from '../app/set-ownership.ts';
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
  /** An integer of at most 53 bits, carried as a JSON number. */
  SafeInteger: { input: number; output: number; }
  /** An ISO 4217 code such as EUR. */
  CurrencyCode: { input: string; output: string; }
  /** A place in the change log of one context. Opaque: keep it, pass it back, never take it apart. */
  ChangeCursor: { input: string; output: string; }
  link__Import: { input: unknown; output: unknown; }
  federation__FieldSet: { input: unknown; output: unknown; }
  federation__Scope: { input: unknown; output: unknown; }
  federation__Policy: { input: unknown; output: unknown; }
  federation__ContextFieldValue: { input: unknown; output: unknown; }
  _Any: { input: unknown; output: unknown; }
};

export type Sku = {
  readonly __typename?: 'Sku';
  readonly id: Scalars['ID']['output'];
};

export type Location = {
  readonly __typename?: 'Location';
  readonly id: Scalars['ID']['output'];
};

export type Channel = {
  readonly __typename?: 'Channel';
  readonly id: Scalars['ID']['output'];
};

export type Order = {
  readonly __typename?: 'Order';
  readonly id: Scalars['ID']['output'];
};

/** Something that is not as it has to be. There is one open exception per cause; it closes by itself when the cause is gone. */
export type Exception = {
  readonly __typename?: 'Exception';
  /** Given by the hub. */
  readonly id: Scalars['ID']['output'];
  /** What kind of thing is wrong. */
  readonly class: ExceptionClass;
  /** How much it matters. */
  readonly severity: ExceptionSeverity;
  /** Where its handling stands. */
  readonly status: ExceptionStatus;
  /** What is wrong, for people. */
  readonly summary: Scalars['String']['output'];
  /** How much is missing or differs; null when it is no question of quantity. A variance is signed: told less recorded. */
  readonly quantity: Maybe<Scalars['Quantity']['output']>;
  /** What it touches. */
  readonly impact: ExceptionImpact;
  /** Which message revealed it. */
  readonly lineage: ExceptionLineage;
  /** When it was seen first. */
  readonly openedAt: Scalars['DateTime']['output'];
  /** When it changed last. */
  readonly changedAt: Scalars['DateTime']['output'];
  /** Who sees to it; null while nobody does. */
  readonly assignee: Maybe<Scalars['String']['output']>;
  /** When it was resolved or waived; null while it is open. */
  readonly closedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who closed it: a person, or `inventory` when the cause was gone; null while it is open. */
  readonly closedBy: Maybe<Scalars['String']['output']>;
  /** Why it was closed; null while it is open. */
  readonly closedBecause: Maybe<Scalars['String']['output']>;
  /** What the quantity would cost; null when it is no question of quantity, or the SKU has no price. */
  readonly valueAtRisk: Maybe<Money>;
  /** By what the quantity was valued; null when it was not. */
  readonly valueBasis: Maybe<ValueBasis>;
  /** How often nobody saw to it in time; each time it matters more. */
  readonly escalations: Scalars['Int']['output'];
  /** What can be done about it; nothing when it is closed. */
  readonly possibleActions: ReadonlyArray<ExceptionActionKind>;
  /** What people did about it, the newest first; at most 100. */
  readonly actions: ReadonlyArray<ExceptionAction>;
};

/** An amount of money. */
export type Money = {
  readonly __typename?: 'Money';
  /** In minor units: pence, cents, yen. */
  readonly amountMinor: Scalars['SafeInteger']['output'];
  /** The currency of the amount. */
  readonly currencyCode: Scalars['CurrencyCode']['output'];
};

/** What can be done about an exception. */
export type ExceptionActionKind =
  /** Reads the messages that wait again, or lets a command that was given up go again. */
  | 'REPLAY'
  /** Says what a value means, from now on, and so takes in what waits for it. */
  | 'REMAP'
  /** Reads the feeds of the system again from an earlier time, so that what is missing comes in. */
  | 'RESEQUENCE'
  /** Posts a movement of stock, where no other system owns adjustments. */
  | 'ADJUST'
  /** Accepts it as it is; a command that was given up is then given up for good. */
  | 'WAIVE'
  /** Takes personal data out of the raw messages that are kept. Done by `erasePersonalData`, about no exception. */
  | 'ERASE';

/** Something that a person does about an exception. */
export type ExceptionAction = {
  readonly __typename?: 'ExceptionAction';
  /** Under which it was asked for. */
  readonly idempotencyKey: Scalars['String']['output'];
  /** What is done. */
  readonly action: ExceptionActionKind;
  /** Where it stands. */
  readonly status: ExceptionActionStatus;
  /** When it was asked for. */
  readonly askedAt: Scalars['DateTime']['output'];
  /** Who asked for it. */
  readonly askedBy: Scalars['String']['output'];
  /** Why. */
  readonly reason: Scalars['String']['output'];
  /** Who else agreed or declined; null when nobody else had to, or nobody has yet. */
  readonly agreedBy: Maybe<Scalars['String']['output']>;
  /** What it came to; null until it has. */
  readonly outcome: Maybe<Scalars['String']['output']>;
};

/** Where an action stands. */
export type ExceptionActionStatus =
  /** The value at risk is above the limit: somebody else has to agree. */
  | 'PROPOSED'
  /** It is decided and being done. Asked for again under its key, it goes on where an obstacle kept it. */
  | 'STARTED'
  /** It is done. */
  | 'DONE'
  /** It could not be done. */
  | 'FAILED'
  /** Somebody else did not agree. */
  | 'DECLINED';

/** One thing that somebody did. It never changes. */
export type AuditEntry = {
  readonly __typename?: 'AuditEntry';
  /** Given by the hub. */
  readonly id: Scalars['ID']['output'];
  /** The exception that it was done about; null when it is no longer kept, or it was done about none. */
  readonly exception: Maybe<Exception>;
  /** The action that it belongs to. */
  readonly idempotencyKey: Scalars['String']['output'];
  /** What is done. */
  readonly action: ExceptionActionKind;
  /** Where it stood after it. */
  readonly status: ExceptionActionStatus;
  /** Who did it. */
  readonly actor: Scalars['String']['output'];
  /** Why. */
  readonly reason: Scalars['String']['output'];
  /** What it came to; null while it had not. */
  readonly outcome: Maybe<Scalars['String']['output']>;
  /** When. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** Shared by all that the same request set off. */
  readonly correlationId: Scalars['String']['output'];
};

/** A page of the audit trail. */
export type AuditEntryConnection = {
  readonly __typename?: 'AuditEntryConnection';
  /** The entries with the cursors to page by. */
  readonly edges: ReadonlyArray<AuditEntryEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** An entry of the audit trail in a list. */
export type AuditEntryEdge = {
  readonly __typename?: 'AuditEntryEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: AuditEntry;
};

/** What an exception touches. A thing that cannot be asked for at the moment is null. */
export type ExceptionImpact = {
  readonly __typename?: 'ExceptionImpact';
  /** Goods. */
  readonly skus: ReadonlyArray<Maybe<Sku>>;
  /** Places. */
  readonly locations: ReadonlyArray<Maybe<Location>>;
  /** Who sells. */
  readonly channels: ReadonlyArray<Maybe<Channel>>;
  /** Orders that may have to be sourced again; not all when there are very many. */
  readonly orders: ReadonlyArray<Maybe<Order>>;
};

/** Where an exception comes from. */
export type ExceptionLineage = {
  readonly __typename?: 'ExceptionLineage';
  /** The system whose message revealed it; `inventory` when no message did. */
  readonly source: Scalars['String']['output'];
  /** The id of that message within its system. */
  readonly eventId: Scalars['String']['output'];
  /** Shared by all that the same cause set off. */
  readonly correlationId: Scalars['String']['output'];
};

/** Kinds of exceptions. */
export type ExceptionClass =
  /** More is promised at a location than is there: promises have to be sourced again. */
  | 'OVERSOLD'
  /** More was taken from a location than was recorded to be there: it has to be counted. */
  | 'NEGATIVE_STOCK'
  /** A channel has accepted more demand than its network can serve. */
  | 'NETWORK_SHORTAGE'
  /** A count by a system that does not own the quantity differs from the ledger. */
  | 'COUNT_VARIANCE'
  /** A balance that a system reported differs from the ledger as of the same instant. */
  | 'BALANCE_VARIANCE'
  /** A system wrote a quantity that another system owns; it was kept as evidence and not applied. */
  | 'FOREIGN_WRITE'
  /** Facts wait for a SKU or a location to be registered, or cannot be read. */
  | 'UNKNOWN_CODE'
  /** Messages of a source are missing. */
  | 'SEQUENCE_GAP'
  /** A message came again with other content; it was not applied. */
  | 'DUPLICATE_CONFLICT'
  /** Units of a tracked SKU do not go with the lots or serial numbers that were told. */
  | 'TRACKING_MISMATCH'
  /** Master data contradict what the ledger holds; the former stay in force. */
  | 'MASTER_DATA_REFUSED'
  /** A value of an outside system means nothing to the hub yet; the messages that have it wait until a mapping set says what it means. */
  | 'UNMAPPED_VALUE'
  /** Messages of an outside system cannot be read for another reason, and wait until it is mended. */
  | 'UNREADABLE_MESSAGE'
  /** What an outside system sends has fields that it had not, lacks fields that it had, or has them of another type. */
  | 'SCHEMA_DRIFT'
  /** A command to an outside system was tried for as long as it may be, and waits for a person. */
  | 'COMMAND_GIVEN_UP'
  /** Commands wait for an outside system that has not been doing any for a while. */
  | 'SYSTEM_STALLED'
  /** Too many locations could not serve a line of an order after all; somebody has to decide what becomes of it. */
  | 'SOURCING_GIVEN_UP'
  /** A warehouse system was given work and has not begun it in time. */
  | 'WORK_IDLE'
  /** A marketplace wants to hear by a time that an order was taken on, and has not been told yet. */
  | 'ACKNOWLEDGEMENT_DUE'
  /** A marketplace does not take in what it was told of an order. */
  | 'MARKETPLACE_REFUSED'
  /** An order that a marketplace has sold, or that was taken on while the ledger was away, and that no stock can be claimed for; it is tried again until somebody calls it off. */
  | 'MARKETPLACE_ORDER_UNCLAIMED'
  /** An order waits too long to be handed over as work. */
  | 'RELEASE_DUE'
  /** A marketplace wants an order to leave by a time, and it has not. */
  | 'SHIPMENT_DUE'
  /** What was promised to a customer for a day has not left, or has not arrived. */
  | 'PROMISE_DUE'
  /** A system told something of an order that points backwards or does not fit; it is kept and moved nothing. */
  | 'STATUS_REGRESSION'
  /** A payment system told something that cannot be so by the books of the hub. */
  | 'PAYMENT_MISMATCH'
  /** A customer's bank took money back; somebody contests it in time, or takes the loss. */
  | 'CHARGEBACK'
  /** Goods left although a hold kept them. */
  | 'HOLD_BREACHED'
  /** What was decided for an order was refused by the one who had to do it. */
  | 'COMMAND_REFUSED'
  /** A carrier does not tell where a parcel is. */
  | 'TRACKING_REFUSED'
  /** Money that was to be given back could not be. */
  | 'REFUND_FAILED'
  /** No stock stands behind units of an order any more, and no other could be claimed. */
  | 'CLAIM_LOST'
  /** Something that a system told of an order could not be taken in. */
  | 'FACT_REFUSED'
  /** Work on an order fails again and again for reasons of its own. */
  | 'ORDER_STUCK'
  /** No label could be bought for a parcel of a store. */
  | 'LABEL_REFUSED'
  /** Goods wait to be collected, and nobody has come; soon they go back to the shelf. */
  | 'PICKUP_EXPIRING'
  /** A location is to do more work than it can, and it cannot be done elsewhere any more. */
  | 'CAPACITY_LOST'
  /** What a register of a store sold on a business day is not the same for the POS, the hub and the ERP. */
  | 'SALES_VARIANCE'
  /** The ERP did not take what a return is in the books; goods that came back on the shelf by it are held. */
  | 'POSTING_FAILED'
  /** A part of the hub could not take in an event however often it tried; the event waits for a person. */
  | 'EVENT_GIVEN_UP'
  /** A part of the hub does not get on with its events. */
  | 'EVENTS_STALLED';

/** How much an exception matters. */
export type ExceptionSeverity =
  /** To be looked at some time. */
  | 'LOW'
  /** To be looked at today. */
  | 'MEDIUM'
  /** Customers are waiting. */
  | 'HIGH';

/** Where the handling of an exception stands. */
export type ExceptionStatus =
  /** Nobody sees to it yet. */
  | 'OPEN'
  /** Somebody sees to it. */
  | 'ASSIGNED'
  /** The cause is gone, or a person says so. */
  | 'RESOLVED'
  /** It is accepted as it is. */
  | 'WAIVED';

/** Which system may write a quantity, and where. What another system writes is kept as evidence and compared, never applied. */
export type OwnershipRule = {
  readonly __typename?: 'OwnershipRule';
  /** Follows from domain, quantity and location. */
  readonly id: Scalars['ID']['output'];
  /** What kind of data. */
  readonly domain: OwnershipDomain;
  /** Which quantity. */
  readonly quantity: OwnedQuantity;
  /** Where it holds; null wherever no rule names the location. */
  readonly location: Maybe<Location>;
  /** The channel for which it holds; null for all. */
  readonly channel: Maybe<Channel>;
  /** The one system that may write it; null when every system may. */
  readonly writerSystem: Maybe<Scalars['String']['output']>;
  /** One more with each change. */
  readonly version: Scalars['Int']['output'];
  /** When it changed last. */
  readonly changedAt: Scalars['DateTime']['output'];
  /** Who changed it last. */
  readonly changedBy: Scalars['String']['output'];
  /** Why; null where nobody said. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** Who allowed it: a team, a policy; null where nobody was named. */
  readonly authority: Maybe<Scalars['String']['output']>;
  /** Of who orchestrates: the newest decisions, at most 100, those that are to hold later among them, the newest first. Empty for other domains. */
  readonly decisions: ReadonlyArray<OrchestrationDecision>;
};

/** Who orchestrates from an instant on. Of two decisions that hold, the later one does. */
export type OrchestrationDecision = {
  readonly __typename?: 'OrchestrationDecision';
  /** The version of the rule that it made. */
  readonly version: Scalars['Int']['output'];
  /** The hub, or an outside OMS. */
  readonly party: OrchestratingParty;
  /** The OMS, by the name under which its messages come; null for the hub. */
  readonly system: Maybe<Scalars['String']['output']>;
  /** For orders placed from then on. */
  readonly effectiveFrom: Scalars['DateTime']['output'];
  /** Why. */
  readonly reason: Scalars['String']['output'];
  /** Who allowed it; null where nobody was named. */
  readonly authority: Maybe<Scalars['String']['output']>;
  /** When it was decided. */
  readonly decidedAt: Scalars['DateTime']['output'];
  /** Who decided it. */
  readonly decidedBy: Scalars['String']['output'];
};

/** Who orchestrates the orders of a channel that are placed at an instant. Orders placed before keep who orchestrates them. */
export type Orchestration = {
  readonly __typename?: 'Orchestration';
  /** The channel. */
  readonly channel: Channel;
  /** The hub, or an outside OMS. */
  readonly party: OrchestratingParty;
  /** The OMS, by the name under which its messages come; null for the hub. */
  readonly system: Maybe<Scalars['String']['output']>;
  /** What the ownership register says; null where the settings of the deployment hold, or nobody says anything and it is the hub. */
  readonly decision: Maybe<OrchestrationDecision>;
};

/** Who routes orders: chooses their locations and hands over their work. */
export type OrchestratingParty =
  /** The hub. */
  | 'HUB'
  /** An outside order management system. */
  | 'OMS';

/** Kinds of data that have owners. */
export type OwnershipDomain =
  /** Quantities of stock. */
  | 'STOCK'
  /** The item master. */
  | 'ITEM'
  /** The location master. */
  | 'LOCATION'
  /** What items are sold for. Said for people; prices come with items. */
  | 'PRICE'
  /** Sales in stores. */
  | 'SALE'
  /** Orders and sales of shops. */
  | 'ORDER'
  /** Goods that come back. */
  | 'RETURN'
  /** Purchase orders and notices of suppliers. */
  | 'SUPPLY'
  /** Work on orders at a location: picks, packs, shipments. */
  | 'TASK'
  /** Carts. Said for people; the hub gets none. */
  | 'CART'
  /** What stock is worth. Said for people; the hub gets none. */
  | 'VALUATION'
  /** Who routes the orders of a channel: the hub, or an outside OMS, whose decisions are taken from it alone. */
  | 'ORCHESTRATION';

/** Quantities that have owners. A sale, a shipment and a pick are facts of whoever did them and have none. */
export type OwnedQuantity =
  /** What was counted. */
  | 'COUNT'
  /** Corrections. */
  | 'ADJUSTMENT'
  /** Deliveries from suppliers. */
  | 'RECEIPT'
  /** Of every domain but stock: the record as a whole. */
  | 'RECORD';

/** What the values of one kind of one outside system mean, in versions of which one holds at a time. */
export type MappingSet = {
  readonly __typename?: 'MappingSet';
  /** Follows from system and domain. */
  readonly id: Scalars['ID']['output'];
  /** The outside system, by the name under which its messages come. */
  readonly system: Scalars['String']['output'];
  /** The kind of values, such as `locations` or `statuses`. */
  readonly domain: Scalars['String']['output'];
  /** The version that holds now; null while the adapter reads by what it was connected with. */
  readonly active: Maybe<MappingVersion>;
  /** The newest versions, at most 200 and those that hold or will, the newest first. */
  readonly versions: ReadonlyArray<MappingVersion>;
};

/** One version of a mapping set. Its rows never change. */
export type MappingVersion = {
  readonly __typename?: 'MappingVersion';
  /** One more with each draft of the set. */
  readonly version: Scalars['Int']['output'];
  /** Where it stands. */
  readonly status: MappingStatus;
  /** How many rows it has. */
  readonly rowCount: Scalars['Int']['output'];
  /** All rows, in the order of the values. */
  readonly rows: ReadonlyArray<MappingRow>;
  /** The version that it was made from; null when it was made from none. */
  readonly basedOn: Maybe<Scalars['Int']['output']>;
  /** When it was drafted. */
  readonly draftedAt: Scalars['DateTime']['output'];
  /** Who drafted it. */
  readonly draftedBy: Scalars['String']['output'];
  /** Why it was drafted. */
  readonly draftedBecause: Scalars['String']['output'];
  /** From when it holds; null until that is decided. */
  readonly effectiveAt: Maybe<Scalars['DateTime']['output']>;
  /** When it was activated or withdrawn; null for a draft. */
  readonly decidedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who activated or withdrew it; null for a draft. */
  readonly decidedBy: Maybe<Scalars['String']['output']>;
  /** Why it was activated or withdrawn; null for a draft. */
  readonly decidedBecause: Maybe<Scalars['String']['output']>;
};

/** Where a version of a mapping set stands. */
export type MappingStatus =
  /** It was written and nobody has decided about it. */
  | 'DRAFT'
  /** It will hold from a later instant on. */
  | 'PLANNED'
  /** It holds. */
  | 'ACTIVE'
  /** It held until another one did. */
  | 'RETIRED'
  /** It was taken back before it held. */
  | 'WITHDRAWN';

/** What one value means. */
export type MappingRow = {
  readonly __typename?: 'MappingRow';
  /** The value of the outside system. */
  readonly external: Scalars['String']['output'];
  /** What it means to the hub. */
  readonly canonical: Scalars['String']['output'];
};

/** What the messages of the last days would come to with the rows of a version. Nothing was applied. */
export type MappingDryRun = {
  readonly __typename?: 'MappingDryRun';
  /** Messages that were read twice. */
  readonly messages: Scalars['Int']['output'];
  /** Whether there were more than are read. */
  readonly isCutOff: Scalars['Boolean']['output'];
  /** Those that would come to the same. */
  readonly unchanged: Scalars['Int']['output'];
  /** Those that can be read either way and would tell something else. */
  readonly changed: Scalars['Int']['output'];
  /** Those that cannot be read now, and could be. */
  readonly nowReadable: Scalars['Int']['output'];
  /** Those that can be read now, and could not be. */
  readonly nowUnreadable: Scalars['Int']['output'];
  /** Values that would still mean nothing. */
  readonly unmapped: ReadonlyArray<UnmappedValue>;
  /** Some messages that would change. */
  readonly examples: ReadonlyArray<MappingExample>;
};

/** A value that means nothing to the hub. */
export type UnmappedValue = {
  readonly __typename?: 'UnmappedValue';
  /** The mapping set that lacks it. */
  readonly domain: Scalars['String']['output'];
  /** The value. */
  readonly value: Scalars['String']['output'];
  /** Messages that have it. */
  readonly messages: Scalars['Int']['output'];
};

/** A message before and after. */
export type MappingExample = {
  readonly __typename?: 'MappingExample';
  /** The message, within its system. */
  readonly eventId: Scalars['String']['output'];
  /** What it comes to now, as JSON. */
  readonly before: Scalars['String']['output'];
  /** What it would come to, as JSON. */
  readonly after: Scalars['String']['output'];
};

/** The commands that wait for one outside system, or the events that wait for one consumer. */
export type OutboundQueue = {
  readonly __typename?: 'OutboundQueue';
  /** The system; `webhook.` and its name for a consumer of events. */
  readonly system: Scalars['String']['output'];
  /** Whether commands may go: CLOSED, they do; OPEN, they wait, because it is down; HALF_OPEN, one tries. */
  readonly breaker: BreakerState;
  /** How many wait, by lane; of more than 1,000 in a lane, 1,000. */
  readonly waiting: ReadonlyArray<LaneBacklog>;
  /** How many are being done. */
  readonly underWay: Scalars['Int']['output'];
  /** When the oldest that waits was submitted; null when none does. */
  readonly oldestSubmittedAt: Maybe<Scalars['DateTime']['output']>;
};

/** Whether commands may go to a system. */
export type BreakerState =
  /** They do. */
  | 'CLOSED'
  /** They wait, because the system is down. */
  | 'OPEN'
  /** One tries whether the system is back. */
  | 'HALF_OPEN';

/** Commands of one lane that wait. */
export type LaneBacklog = {
  readonly __typename?: 'LaneBacklog';
  /** FULFILMENT, ORDERS, STOCK or FINANCE, the most urgent first. */
  readonly lane: Scalars['String']['output'];
  /** How many. */
  readonly commands: Scalars['Int']['output'];
};

/** A command to an outside system. */
export type QueuedCommand = {
  readonly __typename?: 'QueuedCommand';
  /** The system. */
  readonly system: Scalars['String']['output'];
  /** By which the system knows it. */
  readonly idempotencyKey: Scalars['String']['output'];
  /** What is to be done. */
  readonly name: Scalars['String']['output'];
  /** How urgent it is. */
  readonly lane: Scalars['String']['output'];
  /** Commands of one group go one after the other. */
  readonly group: Scalars['String']['output'];
  /** How its sender knows it. */
  readonly ref: Scalars['String']['output'];
  /** Where it stands. */
  readonly status: QueuedCommandStatus;
  /** Attempts that failed while the system did other commands. */
  readonly attempts: Scalars['Int']['output'];
  /** When it was submitted. */
  readonly submittedAt: Scalars['DateTime']['output'];
  /** Shared by all that the same cause set off. */
  readonly correlationId: Scalars['String']['output'];
  /** Why the last attempt failed, or why it ended; null when nothing is wrong. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** Where a command stands. */
export type QueuedCommandStatus =
  /** It will be done. */
  | 'WAITING'
  /** It was done. */
  | 'DONE'
  /** The system said no. */
  | 'REFUSED'
  /** It was tried for as long as it may be, and waits for a person. */
  | 'DEAD'
  /** A person gave it up. */
  | 'DISCARDED';

/** What a consumer of events can get. */
export type EventTopic =
  /** What may be sold of a SKU by a channel: the newest value of each that changed. */
  | 'AVAILABILITY'
  /** Orders and their lines. */
  | 'ORDER_STATUS'
  /** Returns and their lines. */
  | 'RETURNS'
  /** Prices. */
  | 'PRICES';

/** How much a consumer gets at the same time, when many wait. */
export type ConsumerPriority =
  /** Eight at a time. */
  | 'URGENT'
  /** Four at a time. */
  | 'NORMAL'
  /** Two at a time. */
  | 'BULK';

/** Whether a consumer gets events. */
export type ConsumerStatus =
  /** It does. */
  | 'ACTIVE'
  /** It does not, and misses none: they are kept for it as long as the logs keep them. */
  | 'PAUSED';

/**
 * A system outside that gets events as signed webhooks: CloudEvents 1.0 in structured mode, signed as Standard Webhooks
 * writes it; at least once, in order per subject.
 */
export type EventConsumer = {
  readonly __typename?: 'EventConsumer';
  /** Its name. */
  readonly id: Scalars['ID']['output'];
  /** Where events are posted to. */
  readonly url: Scalars['String']['output'];
  /** What it gets, and how far it is. */
  readonly topics: ReadonlyArray<ConsumerTopic>;
  /** Only of these channels; empty: of all. */
  readonly channels: ReadonlyArray<Scalars['String']['output']>;
  /** Only of these SKUs; empty: of all. */
  readonly skus: ReadonlyArray<Scalars['String']['output']>;
  /** The most events a second. */
  readonly perSecond: Scalars['Float']['output'];
  /** How much it gets at the same time. */
  readonly priority: ConsumerPriority;
  /** Whether it gets events. */
  readonly status: ConsumerStatus;
  /** When it was changed last. */
  readonly changedAt: Scalars['DateTime']['output'];
  /** Who changed it last. */
  readonly changedBy: Scalars['String']['output'];
};

/** How far a consumer is with one topic. */
export type ConsumerTopic = {
  readonly __typename?: 'ConsumerTopic';
  /** Which. */
  readonly topic: EventTopic;
  /** Everything up to here was handed to its queue. */
  readonly cursor: Scalars['String']['output'];
  /** Events of the log after it, filtered or not. */
  readonly lag: Scalars['SafeInteger']['output'];
  /** Nothing is left to be delivered. */
  readonly isCaughtUp: Scalars['Boolean']['output'];
};

/** The sales of a store and business day in one currency, on their way to the ERP. */
export type SalesPosting = {
  readonly __typename?: 'SalesPosting';
  /** Follows from the store, the day and the currency. */
  readonly id: Scalars['ID']['output'];
  /** The ERP. */
  readonly system: Scalars['String']['output'];
  /** The store. */
  readonly location: Maybe<Location>;
  /** The calendar day of the store, `YYYY-MM-DD`. */
  readonly businessDay: Scalars['String']['output'];
  /** The currency of all amounts. */
  readonly currencyCode: Scalars['CurrencyCode']['output'];
  /** Where it stands: no further than the register that is behind the most. */
  readonly state: SalesPostingState;
  /** Receipts that cannot be posted yet, because their location or a unit of theirs is not known. */
  readonly waitingReceipts: Scalars['Int']['output'];
  /** When the sides were compared last; null before. */
  readonly comparedAt: Maybe<Scalars['DateTime']['output']>;
  /** Each register as every side tells it. */
  readonly registers: ReadonlyArray<RegisterPosting>;
  /** What was handed to the ERP, in order. */
  readonly batches: ReadonlyArray<SalesBatch>;
};

/** Where the sales of a register stand. */
export type SalesPostingState =
  /** Receipts are not part of a batch yet. */
  | 'OPEN'
  /** Batches wait for the ERP. */
  | 'QUEUED'
  /** The ERP has all batches, and the sides are not compared since, or the POS may still change its figures. */
  | 'POSTED'
  /** All sides say the same. */
  | 'PROVEN'
  /** The sides differ: there is one exception for the register. */
  | 'DIFFERS'
  /** A batch was tried for as long as it may be, and waits for a person. */
  | 'FAILED';

/** What one register sold and took back on a business day, as each side tells it. */
export type RegisterPosting = {
  readonly __typename?: 'RegisterPosting';
  /** The register by the POS's own id; null for receipts that name none. */
  readonly register: Maybe<Scalars['String']['output']>;
  /** Where it stands. */
  readonly state: SalesPostingState;
  /** As the POS counts it; null where no POS can be asked, or none was. */
  readonly told: Maybe<TillFigures>;
  /** As the hub took it in. */
  readonly taken: TillFigures;
  /** As the ERP held it when the sides were compared; null before. */
  readonly posted: Maybe<TillFigures>;
};

/** Sales and returns, counted and added up. */
export type TillFigures = {
  readonly __typename?: 'TillFigures';
  /** Receipts of sales. */
  readonly sales: Scalars['Int']['output'];
  /** Receipts of returns. */
  readonly returns: Scalars['Int']['output'];
  /** Base units sold less those that came back; null where a side does not count them. */
  readonly units: Maybe<Scalars['String']['output']>;
  /** What was sold less what was given back. */
  readonly total: Money;
};

/** Receipts that went to the ERP as one document. It never changes. */
export type SalesBatch = {
  readonly __typename?: 'SalesBatch';
  /** From 1 on each day. */
  readonly sequence: Scalars['Int']['output'];
  /** Where it stands. */
  readonly status: SalesBatchStatus;
  /** How many receipts it has. */
  readonly receipts: Scalars['Int']['output'];
  /** What they add up to. */
  readonly total: Money;
  /** When it was made. */
  readonly closedAt: Scalars['DateTime']['output'];
  /** What the ERP calls it; null before it has it. */
  readonly document: Maybe<Scalars['String']['output']>;
  /** Why the ERP did not take it; null when nothing is wrong. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** Where a batch of sales stands. */
export type SalesBatchStatus =
  /** It will be posted. */
  | 'QUEUED'
  /** The ERP has it. */
  | 'DONE'
  /** The ERP said no. Posting the day again hands it over once more. */
  | 'REFUSED'
  /** It was tried for as long as it may be, and waits for a person. */
  | 'DEAD';

/** A business day that is to be posted now. */
export type PostStoreSalesInput = {
  /** The store. */
  readonly location: Scalars['ID']['input'];
  /** The calendar day of the store, `YYYY-MM-DD`. */
  readonly day: Scalars['String']['input'];
};

/** The day as it is now; posting and comparing go on. */
export type PostStoreSalesPayload = {
  readonly __typename?: 'PostStoreSalesPayload';
  /** Its sales, by currency. */
  readonly salesPostings: ReadonlyArray<SalesPosting>;
};

/** A page of exceptions. */
export type ExceptionConnection = {
  readonly __typename?: 'ExceptionConnection';
  /** The exceptions with the cursors to page by. */
  readonly edges: ReadonlyArray<ExceptionEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** An exception in a list. */
export type ExceptionEdge = {
  readonly __typename?: 'ExceptionEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The exception. */
  readonly node: Exception;
};

/** Where a page lies in its list. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Whether more follow. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** The cursor of the last entry; null on an empty page. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
};

/** Which exceptions are wanted; all conditions together. */
export type ExceptionFilterInput = {
  /** One of these; at most 4. */
  readonly statuses?: InputMaybe<ReadonlyArray<ExceptionStatus>>;
  /** One of these; at most 20. */
  readonly classes?: InputMaybe<ReadonlyArray<ExceptionClass>>;
  /** Exactly this. */
  readonly severity?: InputMaybe<ExceptionSeverity>;
  /** Touching this SKU. */
  readonly sku?: InputMaybe<Scalars['ID']['input']>;
  /** Touching this location. */
  readonly location?: InputMaybe<Scalars['ID']['input']>;
  /** Touching this channel. */
  readonly channel?: InputMaybe<Scalars['ID']['input']>;
  /** Revealed by a message of this system. */
  readonly source?: InputMaybe<Scalars['String']['input']>;
};

/** An exception that somebody takes on. */
export type AssignExceptionInput = {
  /** Which. */
  readonly exception: Scalars['ID']['input'];
  /** Who sees to it, 1 to 200 characters; absent: the caller. */
  readonly assignee?: InputMaybe<Scalars['String']['input']>;
};

/** An exception that is done with. */
export type ResolveExceptionInput = {
  /** Which. */
  readonly exception: Scalars['ID']['input'];
  /** What was done, 1 to 1,000 characters. */
  readonly reason: Scalars['String']['input'];
};

/** An exception that is accepted as it is. */
export type WaiveExceptionInput = {
  /** Which. */
  readonly exception: Scalars['ID']['input'];
  /** Why, 1 to 1,000 characters. */
  readonly reason: Scalars['String']['input'];
};

/** What is to be done about an exception. */
export type ActOnExceptionInput = {
  /** Which. */
  readonly exception: Scalars['ID']['input'];
  /** What; one of its `possibleActions`. */
  readonly action: ExceptionActionKind;
  /** Of REMAP: what the value means. */
  readonly canonical?: InputMaybe<Scalars['String']['input']>;
  /** Of RESEQUENCE: from when on; absent: an hour before the exception was seen first. */
  readonly fromAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Of ADJUST: what is added; negative takes away. */
  readonly quantity?: InputMaybe<Scalars['Quantity']['input']>;
  /** Why, 1 to 1,000 characters. */
  readonly reason: Scalars['String']['input'];
  /** 1 to 100 characters: the same key is the same action, however often it is asked for. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What somebody thinks of an action that another person proposed. */
export type DecideExceptionActionInput = {
  /** Which exception. */
  readonly exception: Scalars['ID']['input'];
  /** Which action. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** True: it is done. False: it is not. */
  readonly isApproved: Scalars['Boolean']['input'];
  /** Why, 1 to 1,000 characters. */
  readonly reason: Scalars['String']['input'];
};

/** A consumer of events, whole: what is left out is the default, also of one that is known. */
export type PutEventConsumerInput = {
  /** Its name: lower case, digits and hyphens, at most 40 characters. */
  readonly id: Scalars['ID']['input'];
  /** Where events are posted to; https. */
  readonly url: Scalars['String']['input'];
  /** What it gets. */
  readonly topics: ReadonlyArray<EventTopic>;
  /** Only of these channels, at most 100; empty: of all. */
  readonly channels?: ReadonlyArray<Scalars['String']['input']>;
  /** Only of these SKUs, at most 1,000; empty: of all. */
  readonly skus?: ReadonlyArray<Scalars['String']['input']>;
  /** The most events a second, 0.1 to 1,000. */
  readonly perSecond?: Scalars['Float']['input'];
  /** How much it gets at the same time. */
  readonly priority?: ConsumerPriority;
  /** Whether it gets events. */
  readonly status?: ConsumerStatus;
  /** True: it gets another secret, and the former signs nothing any more. */
  readonly isSecretRenewed?: Scalars['Boolean']['input'];
};

/** The consumer as it is now. */
export type PutEventConsumerPayload = {
  readonly __typename?: 'PutEventConsumerPayload';
  /** The consumer. */
  readonly eventConsumer: EventConsumer;
  /** What its events are signed with, told when it is made and never again; null when it has one already. */
  readonly secret: Maybe<Scalars['String']['output']>;
};

/** Events that are sent again. */
export type ReplayEventsInput = {
  /** To whom. */
  readonly consumer: Scalars['ID']['input'];
  /** Which. */
  readonly topic: EventTopic;
  /** Those that followed the event with this `cursor`; absent: all that are kept. */
  readonly cursor?: InputMaybe<Scalars['String']['input']>;
};

/** The consumer as it is now. */
export type ReplayEventsPayload = {
  readonly __typename?: 'ReplayEventsPayload';
  /** The consumer; null when it was removed meanwhile. */
  readonly eventConsumer: Maybe<EventConsumer>;
};

/** What a value means. */
export type MappingRowInput = {
  /** The value of the outside system, 1 to 200 characters. */
  readonly external: Scalars['String']['input'];
  /** What it means to the hub; what it may mean follows from the domain. */
  readonly canonical: Scalars['String']['input'];
};

/** Another version of a mapping set, which does not hold yet. */
export type DraftMappingInput = {
  /** The outside system, by the name under which its messages come. */
  readonly system: Scalars['String']['input'];
  /** The kind of values. */
  readonly domain: Scalars['String']['input'];
  /** Rows that are added or changed. */
  readonly put?: ReadonlyArray<MappingRowInput>;
  /** Values that lose their meaning. */
  readonly remove?: ReadonlyArray<Scalars['String']['input']>;
  /** True: the version consists of what is put alone. False: it begins with the rows that hold now. */
  readonly isWhole?: Scalars['Boolean']['input'];
  /** Why, 1 to 1,000 characters. */
  readonly reason: Scalars['String']['input'];
};

/** A draft that is to hold. */
export type ActivateMappingInput = {
  /** The outside system. */
  readonly system: Scalars['String']['input'];
  /** The kind of values. */
  readonly domain: Scalars['String']['input'];
  /** Which draft. */
  readonly version: Scalars['Int']['input'];
  /** From when on; absent: from now on. Never in the past. */
  readonly effectiveAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Why, 1 to 1,000 characters. */
  readonly reason: Scalars['String']['input'];
};

/** A draft or planned version that is taken back. */
export type WithdrawMappingInput = {
  /** The outside system. */
  readonly system: Scalars['String']['input'];
  /** The kind of values. */
  readonly domain: Scalars['String']['input'];
  /** Which version. */
  readonly version: Scalars['Int']['input'];
  /** Why, 1 to 1,000 characters. */
  readonly reason: Scalars['String']['input'];
};

/** An earlier version whose rows are to hold again. */
export type RollBackMappingInput = {
  /** The outside system. */
  readonly system: Scalars['String']['input'];
  /** The kind of values. */
  readonly domain: Scalars['String']['input'];
  /** The version whose rows are to hold from now on. */
  readonly toVersion: Scalars['Int']['input'];
  /** Why, 1 to 1,000 characters. */
  readonly reason: Scalars['String']['input'];
};

/** The mapping set as it is now. */
export type MappingPayload = {
  readonly __typename?: 'MappingPayload';
  /** The set. */
  readonly mappingSet: MappingSet;
  /** The version that was drafted, activated or withdrawn. */
  readonly version: MappingVersion;
};

/** The exception as it is now. */
export type ExceptionPayload = {
  readonly __typename?: 'ExceptionPayload';
  /** The exception. */
  readonly exception: Exception;
  /** The change that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** Who may write a quantity. */
export type SetOwnershipInput = {
  /** What kind of data. */
  readonly domain?: OwnershipDomain;
  /** Which quantity. */
  readonly quantity: OwnedQuantity;
  /** Where; absent: wherever no rule names the location. */
  readonly location?: InputMaybe<Scalars['ID']['input']>;
  /** For which channel, of a domain other than stock; absent: for all. Not together with a location. */
  readonly channel?: InputMaybe<Scalars['ID']['input']>;
  /** The system, by the name under which its messages come; null: every system may. Of ORCHESTRATION: a connected OMS, and null: the hub. */
  readonly writerSystem?: InputMaybe<Scalars['String']['input']>;
  /** Of ORCHESTRATION: for orders placed from this instant on, not before now; absent: at once. */
  readonly effectiveFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Why; has to be told of ORCHESTRATION. 1 to 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Who allows it: a team, a policy. 1 to 200 characters. */
  readonly authority?: InputMaybe<Scalars['String']['input']>;
};

/** The rule as it is now. */
export type SetOwnershipPayload = {
  readonly __typename?: 'SetOwnershipPayload';
  /** The rule. */
  readonly ownershipRule: OwnershipRule;
  /** The change that includes it. */
  readonly changeCursor: Scalars['ChangeCursor']['output'];
};

/** A message of an outside system that cannot be read yet. It is read again when what it waits for is mended. */
export type QuarantinedMessage = {
  readonly __typename?: 'QuarantinedMessage';
  /** The system that sent it. */
  readonly system: Scalars['String']['output'];
  /** Its id within that system. */
  readonly eventId: Scalars['String']['output'];
  /** Why it cannot be read. */
  readonly reason: Scalars['String']['output'];
  /** The exception that it waits for, which all messages of one cause share. */
  readonly exception: Maybe<Exception>;
  /** When it came in. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** Shared by all that it set off. */
  readonly correlationId: Scalars['String']['output'];
};

/** A page of messages that wait. */
export type QuarantinedMessageConnection = {
  readonly __typename?: 'QuarantinedMessageConnection';
  /** The messages with the cursors to page by. */
  readonly edges: ReadonlyArray<QuarantinedMessageEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** A message in a list. */
export type QuarantinedMessageEdge = {
  readonly __typename?: 'QuarantinedMessageEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The message. */
  readonly node: QuarantinedMessage;
};

/** Personal data that nobody is to find any more. */
export type ErasePersonalDataInput = {
  /** What every text that contains it is replaced for, such as a name, an address or a number; whatever its case. 3 to 200 characters. It is kept nowhere. */
  readonly text: Scalars['String']['input'];
  /** Why, 1 to 1,000 characters. It is kept: it must not hold the text. */
  readonly reason: Scalars['String']['input'];
};

/** What was erased. */
export type ErasePersonalDataPayload = {
  readonly __typename?: 'ErasePersonalDataPayload';
  /** Messages that contained the text. */
  readonly messages: Scalars['Int']['output'];
};

/** What a quantity was valued by. */
export type ValueBasis =
  /** What a unit has cost, as the system keeps it. */
  | 'COST'
  /** What the hub sells a unit for. */
  | 'PRICE';

/** What of the ledger the figures of a system are held against. */
export type BalanceFigure =
  /** What may be sold. */
  | 'SELLABLE'
  /** All that is there, in whatever condition. */
  | 'ON_HAND';

/** A system that can be asked how much lies where. */
export type BalanceSource = {
  readonly __typename?: 'BalanceSource';
  /** The name under which its messages come. */
  readonly system: Scalars['String']['output'];
  /** What its figures are held against. */
  readonly figure: BalanceFigure;
  /** The locations that it tells of. A location that cannot be asked for at the moment is null. */
  readonly locations: ReadonlyArray<Maybe<Location>>;
};

/** Where a comparison of two books stands. */
export type ReconciliationStatus =
  /** It begins as soon as those before it are over. */
  | 'WAITING'
  /** It is under way. */
  | 'RUNNING'
  /** All of it was compared. */
  | 'DONE'
  /** Some of it could not be compared; the rest was. */
  | 'FAILED';

/**
 * A comparison of what a system says lies at its locations with what the ledger held at those instants. It writes no stock:
 * what differs, also when it is looked at again, is one exception for each SKU and location.
 */
export type ReconciliationRun = {
  readonly __typename?: 'ReconciliationRun';
  /** Given by the hub. */
  readonly id: Scalars['ID']['output'];
  /** The system. */
  readonly system: Scalars['String']['output'];
  /** Where it stands. */
  readonly status: ReconciliationStatus;
  /** What its figures are held against; null until it is known. */
  readonly figure: Maybe<BalanceFigure>;
  /** How far the books may be apart. */
  readonly tolerance: ReconciliationTolerance;
  /** When it was asked for, or was due. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** Who asked for it; null when it was due. */
  readonly requestedBy: Maybe<Scalars['String']['output']>;
  /** Why it was asked for; null when it was due. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** When it began; null while it waits. */
  readonly startedAt: Maybe<Scalars['DateTime']['output']>;
  /** When it ended; null until it has. */
  readonly finishedAt: Maybe<Scalars['DateTime']['output']>;
  /** Locations that were compared. */
  readonly locationsCompared: Scalars['Int']['output'];
  /** Locations that could not be compared. */
  readonly locationsFailed: Scalars['Int']['output'];
  /** Positions by what came of their comparison. */
  readonly counts: ReconciliationCounts;
  /** How far the system is from the ledger. */
  readonly variance: ReconciliationVariance;
  /** Differences that are exceptions now. */
  readonly raised: Scalars['Int']['output'];
  /** Exceptions of earlier runs that were closed, because both agree again. */
  readonly cleared: Scalars['Int']['output'];
  /** Whether there were more differences than exceptions are raised for, at most 10,000. */
  readonly isCutOff: Scalars['Boolean']['output'];
  /** Why it, or a location of it, could not be compared; null when nothing was in the way. */
  readonly failure: Maybe<Scalars['String']['output']>;
  /** What was found, by location; at most 1,000. */
  readonly locations: ReadonlyArray<ReconciledLocation>;
};

/** How far two books may be apart without anybody being told; any of the three is enough. */
export type ReconciliationTolerance = {
  readonly __typename?: 'ReconciliationTolerance';
  /** In base units. */
  readonly quantity: Scalars['Quantity']['output'];
  /** Of what the ledger held. */
  readonly percent: Scalars['Float']['output'];
  /** What the difference is worth, in minor units; 0: value is no excuse. */
  readonly valueMinor: Scalars['SafeInteger']['output'];
};

/** Positions by what came of their comparison; those that both sides leave out are none. */
export type ReconciliationCounts = {
  readonly __typename?: 'ReconciliationCounts';
  /** Both sides agree. */
  readonly matched: Scalars['SafeInteger']['output'];
  /** They differ, within the tolerance. */
  readonly tolerated: Scalars['SafeInteger']['output'];
  /** Both hold some, and not the same. */
  readonly mismatched: Scalars['SafeInteger']['output'];
  /** The ledger holds none. */
  readonly missingInLedger: Scalars['SafeInteger']['output'];
  /** The system tells none. */
  readonly missingInSystem: Scalars['SafeInteger']['output'];
  /** The ledger does not remember what moved there since that instant. */
  readonly notComparable: Scalars['SafeInteger']['output'];
};

/** How far a system is from the ledger. Quantities are of SKUs of whatever units. */
export type ReconciliationVariance = {
  readonly __typename?: 'ReconciliationVariance';
  /** What it tells beyond what the ledger held. */
  readonly more: Scalars['Quantity']['output'];
  /** What the ledger held beyond what it tells. */
  readonly less: Scalars['Quantity']['output'];
  /** What that is worth, by measure and currency. */
  readonly values: ReadonlyArray<VarianceValue>;
  /** Differences that nobody knows the value of. */
  readonly unvalued: Scalars['SafeInteger']['output'];
};

/** What differences are worth by one measure in one currency. */
export type VarianceValue = {
  readonly __typename?: 'VarianceValue';
  /** The measure. */
  readonly basis: ValueBasis;
  /** What the system tells beyond the ledger. */
  readonly more: Money;
  /** What the ledger held beyond the system. */
  readonly less: Money;
};

/** What a run found at one location. */
export type ReconciledLocation = {
  readonly __typename?: 'ReconciledLocation';
  /** The location; null when it cannot be asked for at the moment. */
  readonly location: Maybe<Location>;
  /** The instant of the first look; null when it could not be compared. */
  readonly asOf: Maybe<Scalars['DateTime']['output']>;
  /** Positions by what came of their comparison. */
  readonly counts: ReconciliationCounts;
  /** How far the system is from the ledger there. */
  readonly variance: ReconciliationVariance;
  /** Differences, at most 200. */
  readonly differences: ReadonlyArray<ReconciliationDifference>;
  /** Why it could not be compared; null when it was. */
  readonly failure: Maybe<Scalars['String']['output']>;
};

/** A position whose two books differ. */
export type ReconciliationDifference = {
  readonly __typename?: 'ReconciliationDifference';
  /** The SKU, as the system or the ledger writes it; null when it cannot be asked for at the moment. */
  readonly sku: Maybe<Sku>;
  /** What the system told. */
  readonly told: Scalars['Quantity']['output'];
  /** What the ledger held at that instant. */
  readonly recorded: Scalars['Quantity']['output'];
  /** Told less recorded. */
  readonly difference: Scalars['Quantity']['output'];
  /** What the difference is worth, signed; null when nobody knows. */
  readonly value: Maybe<Money>;
  /** By what it was valued; null when it was not. */
  readonly valueBasis: Maybe<ValueBasis>;
  /** The exception that it is; null beyond the bound of the run, and when it is no longer kept. */
  readonly exception: Maybe<Exception>;
};

/** A page of comparisons. */
export type ReconciliationRunConnection = {
  readonly __typename?: 'ReconciliationRunConnection';
  /** The runs with the cursors to page by. */
  readonly edges: ReadonlyArray<ReconciliationRunEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
};

/** A comparison in a list. */
export type ReconciliationRunEdge = {
  readonly __typename?: 'ReconciliationRunEdge';
  /** Continue after it with this. */
  readonly cursor: Scalars['String']['output'];
  /** The run. */
  readonly node: ReconciliationRun;
};

/** A system that is to be compared with the ledger now. */
export type StartReconciliationInput = {
  /** The name under which its messages come. */
  readonly system: Scalars['String']['input'];
  /** Which locations, at most 1,000; empty: all that it tells of. */
  readonly locations?: ReadonlyArray<Scalars['ID']['input']>;
  /** How far the books may be apart; absent: not at all. */
  readonly tolerance?: InputMaybe<ReconciliationToleranceInput>;
  /** Why, 1 to 1,000 characters. */
  readonly reason: Scalars['String']['input'];
  /** 1 to 100 characters: the same key is the same run, however often it is asked for. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** How far two books may be apart without anybody being told; any of the three is enough. */
export type ReconciliationToleranceInput = {
  /** In base units; zero or more. */
  readonly quantity?: Scalars['Quantity']['input'];
  /** Of what the ledger held; 0 to 100. */
  readonly percent?: Scalars['Float']['input'];
  /** What the difference is worth, in minor units; 0: value is no excuse. */
  readonly valueMinor?: Scalars['SafeInteger']['input'];
};

/** The comparison as it is now. */
export type StartReconciliationPayload = {
  readonly __typename?: 'StartReconciliationPayload';
  /** The run. */
  readonly reconciliationRun: ReconciliationRun;
};

export type Query = {
  readonly __typename?: 'Query';
  /** An exception by its id; null when there is none. */
  readonly exception: Maybe<Exception>;
  /** Exceptions, the newest first. */
  readonly exceptions: ExceptionConnection;
  /** Messages of outside systems that cannot be read yet, the newest first. */
  readonly quarantinedMessages: QuarantinedMessageConnection;
  /** Where the commands to each outside system stand. */
  readonly outboundQueues: ReadonlyArray<OutboundQueue>;
  /** Commands to an outside system in one state, the oldest first. */
  readonly outboundCommands: ReadonlyArray<QueuedCommand>;
  /**
   * Where the sales of a store and business day stand on their way to the ERP, by currency: the proof that nothing was lost. Empty
   * where nothing was sold, or no ERP takes sales.
   */
  readonly salesPostings: ReadonlyArray<SalesPosting>;
  /** Systems outside that get events, at most 200. */
  readonly eventConsumers: ReadonlyArray<EventConsumer>;
  /** What people did about exceptions, the newest first. */
  readonly auditTrail: AuditEntryConnection;
  /** Systems that can be asked how much lies where, to be compared with the ledger. */
  readonly balanceSources: ReadonlyArray<BalanceSource>;
  /** A comparison of a system with the ledger; null when there is none, or it is no longer kept. */
  readonly reconciliationRun: Maybe<ReconciliationRun>;
  /** Comparisons of systems with the ledger, the newest first; the last 100 of each system are kept. */
  readonly reconciliationRuns: ReconciliationRunConnection;
  /** Mapping sets that people have made, at most 500, in the order of their ids. */
  readonly mappingSets: ReadonlyArray<MappingSet>;
  /** A mapping set; null when nobody has made one and the adapter reads by what it was connected with. */
  readonly mappingSet: Maybe<MappingSet>;
  /** Reads the messages of the last days with the rows of a version and says what would change. Nothing is applied. */
  readonly mappingDryRun: MappingDryRun;
  /** Who orchestrates a channel: the one answer, by which orders are routed that are placed then. */
  readonly orchestration: Orchestration;
  /** Which system may write which quantity where, at most 1,000 rules. */
  readonly ownershipRules: ReadonlyArray<OwnershipRule>;
};


export type QueryExceptionArgs = {
  id: Scalars['ID']['input'];
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
};


export type QueryExceptionsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ExceptionFilterInput>;
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
};


export type QueryQuarantinedMessagesArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  system?: InputMaybe<Scalars['String']['input']>;
  exception?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryOutboundCommandsArgs = {
  system: Scalars['String']['input'];
  status?: QueuedCommandStatus;
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QuerySalesPostingsArgs = {
  location: Scalars['ID']['input'];
  day: Scalars['String']['input'];
};


export type QueryAuditTrailArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  exception?: InputMaybe<Scalars['ID']['input']>;
  actor?: InputMaybe<Scalars['String']['input']>;
};


export type QueryReconciliationRunArgs = {
  id: Scalars['ID']['input'];
};


export type QueryReconciliationRunsArgs = {
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  system?: InputMaybe<Scalars['String']['input']>;
};


export type QueryMappingSetsArgs = {
  system?: InputMaybe<Scalars['String']['input']>;
};


export type QueryMappingSetArgs = {
  system: Scalars['String']['input'];
  domain: Scalars['String']['input'];
};


export type QueryMappingDryRunArgs = {
  system: Scalars['String']['input'];
  domain: Scalars['String']['input'];
  version: Scalars['Int']['input'];
  days?: Scalars['Int']['input'];
};


export type QueryOrchestrationArgs = {
  channel: Scalars['ID']['input'];
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryOwnershipRulesArgs = {
  location?: InputMaybe<Scalars['ID']['input']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Somebody takes an open exception on. */
  readonly assignException: ExceptionPayload;
  /** Closes an exception as done. It opens again when its cause gets worse. Idempotent. */
  readonly resolveException: ExceptionPayload;
  /** Does something about an exception; above the limit of value at risk, proposes it. Idempotent by its key. */
  readonly actOnException: ExceptionPayload;
  /** Agrees to an action that another person proposed, which is then done, or declines it. Idempotent. */
  readonly decideExceptionAction: ExceptionPayload;
  /**
   * Closes an exception as accepted, or proposes it above the limit of value at risk. It stays closed for as long as its
   * cause lasts. Idempotent.
   */
  readonly waiveException: ExceptionPayload;
  /** Writes another version of a mapping set, which holds once it is activated. */
  readonly draftMapping: MappingPayload;
  /** Lets a draft hold from an instant on; messages that waited for it are then read again by themselves. Idempotent. */
  readonly activateMapping: MappingPayload;
  /** Takes back a draft, or a version that does not hold yet. Idempotent. */
  readonly withdrawMapping: MappingPayload;
  /** Lets the rows of an earlier version hold again from now on, as a version of their own. */
  readonly rollBackMapping: MappingPayload;
  /** Registers a system that gets events, or changes it. Idempotent. */
  readonly putEventConsumer: PutEventConsumerPayload;
  /** Sends a consumer the events that followed a cursor again. */
  readonly replayEvents: ReplayEventsPayload;
  /**
   * Takes a text out of every raw message that is kept. Facts, ids and hashes stay, and what waits can still be read. Idempotent.
   * On the audit trail, without the text.
   */
  readonly erasePersonalData: ErasePersonalDataPayload;
  /** Has a system compared with the ledger now, as soon as the runs before it are over. Idempotent by its key. */
  readonly startReconciliation: StartReconciliationPayload;
  /**
   * Posts what is left of a store's business day now instead of after its end, hands over again what the ERP refused, and compares
   * the day. What the ERP holds already is not posted again. Idempotent.
   */
  readonly postStoreSales: PostStoreSalesPayload;
  /** Says which system may write a quantity. Idempotent. */
  readonly setOwnership: SetOwnershipPayload;
};


export type MutationAssignExceptionArgs = {
  input: AssignExceptionInput;
};


export type MutationResolveExceptionArgs = {
  input: ResolveExceptionInput;
};


export type MutationActOnExceptionArgs = {
  input: ActOnExceptionInput;
};


export type MutationDecideExceptionActionArgs = {
  input: DecideExceptionActionInput;
};


export type MutationWaiveExceptionArgs = {
  input: WaiveExceptionInput;
};


export type MutationDraftMappingArgs = {
  input: DraftMappingInput;
};


export type MutationActivateMappingArgs = {
  input: ActivateMappingInput;
};


export type MutationWithdrawMappingArgs = {
  input: WithdrawMappingInput;
};


export type MutationRollBackMappingArgs = {
  input: RollBackMappingInput;
};


export type MutationPutEventConsumerArgs = {
  input: PutEventConsumerInput;
};


export type MutationReplayEventsArgs = {
  input: ReplayEventsInput;
};


export type MutationErasePersonalDataArgs = {
  input: ErasePersonalDataInput;
};


export type MutationStartReconciliationArgs = {
  input: StartReconciliationInput;
};


export type MutationPostStoreSalesArgs = {
  input: PostStoreSalesInput;
};


export type MutationSetOwnershipArgs = {
  input: SetOwnershipInput;
};

/** Changes of exceptions. */
export type ExceptionFrame = {
  readonly __typename?: 'ExceptionFrame';
  /** Pass it as `after` to go on from here without a gap. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** True: forget what you know of this subscription, then apply the changes. */
  readonly reset: Scalars['Boolean']['output'];
  /** The newest value of each exception that changed. */
  readonly changes: ReadonlyArray<ExceptionChange>;
};

/** An exception after a change. */
export type ExceptionChange = {
  readonly __typename?: 'ExceptionChange';
  /** Identifies what changed. */
  readonly key: Scalars['String']['output'];
  /** Never goes back for a key. */
  readonly version: Scalars['SafeInteger']['output'];
  /** True when the exception has left what is subscribed to. */
  readonly deleted: Scalars['Boolean']['output'];
  /** The exception. */
  readonly exception: Exception;
  /** Its status; null when deleted. */
  readonly status: Maybe<ExceptionStatus>;
  /** How much it matters; null when deleted. */
  readonly severity: Maybe<ExceptionSeverity>;
  /** What is wrong, for people; null when deleted. */
  readonly summary: Maybe<Scalars['String']['output']>;
  /** When it changed; null when deleted. */
  readonly changedAt: Maybe<Scalars['DateTime']['output']>;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /** Exceptions: a snapshot, then every change. */
  readonly exceptionChanged: ExceptionFrame;
};


export type SubscriptionExceptionChangedArgs = {
  status?: InputMaybe<ExceptionStatus>;
  class?: InputMaybe<ExceptionClass>;
  location?: InputMaybe<Scalars['ID']['input']>;
  sku?: InputMaybe<Scalars['ID']['input']>;
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
  Exception: Exception;
  OwnershipRule: OwnershipRule;
  MappingSet: MappingSet;
  ReconciliationRun: ReconciliationRun;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Exception:
    ( { __typename: 'Exception' }
    & GraphQLRecursivePick<FederationTypes['Exception'], {"id":true}> );
  OwnershipRule:
    ( { __typename: 'OwnershipRule' }
    & GraphQLRecursivePick<FederationTypes['OwnershipRule'], {"id":true}> );
  MappingSet:
    ( { __typename: 'MappingSet' }
    & GraphQLRecursivePick<FederationTypes['MappingSet'], {"id":true}> );
  ReconciliationRun:
    ( { __typename: 'ReconciliationRun' }
    & GraphQLRecursivePick<FederationTypes['ReconciliationRun'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  _Entity:
    | ( Channel )
    | ( ExceptionState )
    | ( Location )
    | ( MappingSetState )
    | ( Order )
    | ( VersionedRule )
    | ( RunState )
    | ( Sku )
  ;
};


/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Quantity: ResolverTypeWrapper<Scalars['Quantity']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  SafeInteger: ResolverTypeWrapper<Scalars['SafeInteger']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  ChangeCursor: ResolverTypeWrapper<Scalars['ChangeCursor']['output']>;
  Sku: ResolverTypeWrapper<Sku>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Location: ResolverTypeWrapper<Location>;
  Channel: ResolverTypeWrapper<Channel>;
  Order: ResolverTypeWrapper<Order>;
  Exception: ResolverTypeWrapper<ExceptionState>;
  Money: ResolverTypeWrapper<Money>;
  ExceptionActionKind: ExceptionActionKind;
  ExceptionAction: ResolverTypeWrapper<ActionState>;
  ExceptionActionStatus: ExceptionActionStatus;
  AuditEntry: ResolverTypeWrapper<AuditRecord>;
  AuditEntryConnection: ResolverTypeWrapper<Omit<AuditEntryConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['AuditEntryEdge']> }>;
  AuditEntryEdge: ResolverTypeWrapper<Omit<AuditEntryEdge, 'node'> & { node: ResolversTypes['AuditEntry'] }>;
  ExceptionImpact: ResolverTypeWrapper<ExceptionState>;
  ExceptionLineage: ResolverTypeWrapper<ExceptionState>;
  ExceptionClass: ExceptionClass;
  ExceptionSeverity: ExceptionSeverity;
  ExceptionStatus: ExceptionStatus;
  OwnershipRule: ResolverTypeWrapper<VersionedRule>;
  OrchestrationDecision: ResolverTypeWrapper<DecisionState>;
  Orchestration: ResolverTypeWrapper<FoundOrchestration>;
  OrchestratingParty: OrchestratingParty;
  OwnershipDomain: OwnershipDomain;
  OwnedQuantity: OwnedQuantity;
  MappingSet: ResolverTypeWrapper<MappingSetState>;
  MappingVersion: ResolverTypeWrapper<MappingOutcome>;
  MappingStatus: MappingStatus;
  MappingRow: ResolverTypeWrapper<MappingRow>;
  MappingDryRun: ResolverTypeWrapper<MappingDryRun>;
  UnmappedValue: ResolverTypeWrapper<UnmappedValue>;
  MappingExample: ResolverTypeWrapper<MappingExample>;
  OutboundQueue: ResolverTypeWrapper<QueueState>;
  BreakerState: BreakerState;
  LaneBacklog: ResolverTypeWrapper<LaneBacklog>;
  QueuedCommand: ResolverTypeWrapper<CommandState>;
  QueuedCommandStatus: QueuedCommandStatus;
  EventTopic: EventTopic;
  ConsumerPriority: ConsumerPriority;
  ConsumerStatus: ConsumerStatus;
  EventConsumer: ResolverTypeWrapper<ConsumerState>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ConsumerTopic: ResolverTypeWrapper<ConsumerTopic>;
  SalesPosting: ResolverTypeWrapper<SalesDay>;
  SalesPostingState: SalesPostingState;
  RegisterPosting: ResolverTypeWrapper<RegisterOfDay>;
  TillFigures: ResolverTypeWrapper<TillFigures>;
  SalesBatch: ResolverTypeWrapper<BatchOfDay>;
  SalesBatchStatus: SalesBatchStatus;
  PostStoreSalesInput: PostStoreSalesInput;
  PostStoreSalesPayload: ResolverTypeWrapper<Omit<PostStoreSalesPayload, 'salesPostings'> & { salesPostings: ReadonlyArray<ResolversTypes['SalesPosting']> }>;
  ExceptionConnection: ResolverTypeWrapper<Omit<ExceptionConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['ExceptionEdge']> }>;
  ExceptionEdge: ResolverTypeWrapper<Omit<ExceptionEdge, 'node'> & { node: ResolversTypes['Exception'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ExceptionFilterInput: ExceptionFilterInput;
  AssignExceptionInput: AssignExceptionInput;
  ResolveExceptionInput: ResolveExceptionInput;
  WaiveExceptionInput: WaiveExceptionInput;
  ActOnExceptionInput: ActOnExceptionInput;
  DecideExceptionActionInput: DecideExceptionActionInput;
  PutEventConsumerInput: PutEventConsumerInput;
  PutEventConsumerPayload: ResolverTypeWrapper<Omit<PutEventConsumerPayload, 'eventConsumer'> & { eventConsumer: ResolversTypes['EventConsumer'] }>;
  ReplayEventsInput: ReplayEventsInput;
  ReplayEventsPayload: ResolverTypeWrapper<Omit<ReplayEventsPayload, 'eventConsumer'> & { eventConsumer?: Maybe<ResolversTypes['EventConsumer']> }>;
  MappingRowInput: MappingRowInput;
  DraftMappingInput: DraftMappingInput;
  ActivateMappingInput: ActivateMappingInput;
  WithdrawMappingInput: WithdrawMappingInput;
  RollBackMappingInput: RollBackMappingInput;
  MappingPayload: ResolverTypeWrapper<MappingOutcome>;
  ExceptionPayload: ResolverTypeWrapper<ExceptionOutcome>;
  SetOwnershipInput: SetOwnershipInput;
  SetOwnershipPayload: ResolverTypeWrapper<Omit<SetOwnershipPayload, 'ownershipRule'> & { ownershipRule: ResolversTypes['OwnershipRule'] }>;
  QuarantinedMessage: ResolverTypeWrapper<WaitingMessage>;
  QuarantinedMessageConnection: ResolverTypeWrapper<Omit<QuarantinedMessageConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['QuarantinedMessageEdge']> }>;
  QuarantinedMessageEdge: ResolverTypeWrapper<Omit<QuarantinedMessageEdge, 'node'> & { node: ResolversTypes['QuarantinedMessage'] }>;
  ErasePersonalDataInput: ErasePersonalDataInput;
  ErasePersonalDataPayload: ResolverTypeWrapper<ErasePersonalDataPayload>;
  ValueBasis: ValueBasis;
  BalanceFigure: BalanceFigure;
  BalanceSource: ResolverTypeWrapper<BalanceSourceTold>;
  ReconciliationStatus: ReconciliationStatus;
  ReconciliationRun: ResolverTypeWrapper<RunState>;
  ReconciliationTolerance: ResolverTypeWrapper<ReconciliationTolerance>;
  ReconciliationCounts: ResolverTypeWrapper<ReconciliationCounts>;
  ReconciliationVariance: ResolverTypeWrapper<Omit<ReconciliationVariance, 'values'> & { values: ReadonlyArray<ResolversTypes['VarianceValue']> }>;
  VarianceValue: ResolverTypeWrapper<ValueState>;
  ReconciledLocation: ResolverTypeWrapper<LocationState>;
  ReconciliationDifference: ResolverTypeWrapper<ReconciliationItem>;
  ReconciliationRunConnection: ResolverTypeWrapper<Omit<ReconciliationRunConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['ReconciliationRunEdge']> }>;
  ReconciliationRunEdge: ResolverTypeWrapper<Omit<ReconciliationRunEdge, 'node'> & { node: ResolversTypes['ReconciliationRun'] }>;
  StartReconciliationInput: StartReconciliationInput;
  ReconciliationToleranceInput: ReconciliationToleranceInput;
  StartReconciliationPayload: ResolverTypeWrapper<Omit<StartReconciliationPayload, 'reconciliationRun'> & { reconciliationRun: ResolversTypes['ReconciliationRun'] }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ExceptionFrame: ResolverTypeWrapper<Omit<ExceptionFrame, 'changes'> & { changes: ReadonlyArray<ResolversTypes['ExceptionChange']> }>;
  ExceptionChange: ResolverTypeWrapper<Omit<ExceptionChange, 'exception'> & { exception: ResolversTypes['Exception'] }>;
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
  SafeInteger: Scalars['SafeInteger']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  ChangeCursor: Scalars['ChangeCursor']['output'];
  Sku: Sku;
  ID: Scalars['ID']['output'];
  Location: Location;
  Channel: Channel;
  Order: Order;
  Exception: ExceptionState;
  Money: Money;
  ExceptionAction: ActionState;
  AuditEntry: AuditRecord;
  AuditEntryConnection: Omit<AuditEntryConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['AuditEntryEdge']> };
  AuditEntryEdge: Omit<AuditEntryEdge, 'node'> & { node: ResolversParentTypes['AuditEntry'] };
  ExceptionImpact: ExceptionState;
  ExceptionLineage: ExceptionState;
  OwnershipRule: VersionedRule;
  OrchestrationDecision: DecisionState;
  Orchestration: FoundOrchestration;
  MappingSet: MappingSetState;
  MappingVersion: MappingOutcome;
  MappingRow: MappingRow;
  MappingDryRun: MappingDryRun;
  UnmappedValue: UnmappedValue;
  MappingExample: MappingExample;
  OutboundQueue: QueueState;
  LaneBacklog: LaneBacklog;
  QueuedCommand: CommandState;
  EventConsumer: ConsumerState;
  Float: Scalars['Float']['output'];
  ConsumerTopic: ConsumerTopic;
  SalesPosting: SalesDay;
  RegisterPosting: RegisterOfDay;
  TillFigures: TillFigures;
  SalesBatch: BatchOfDay;
  PostStoreSalesInput: PostStoreSalesInput;
  PostStoreSalesPayload: Omit<PostStoreSalesPayload, 'salesPostings'> & { salesPostings: ReadonlyArray<ResolversParentTypes['SalesPosting']> };
  ExceptionConnection: Omit<ExceptionConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['ExceptionEdge']> };
  ExceptionEdge: Omit<ExceptionEdge, 'node'> & { node: ResolversParentTypes['Exception'] };
  PageInfo: PageInfo;
  ExceptionFilterInput: ExceptionFilterInput;
  AssignExceptionInput: AssignExceptionInput;
  ResolveExceptionInput: ResolveExceptionInput;
  WaiveExceptionInput: WaiveExceptionInput;
  ActOnExceptionInput: ActOnExceptionInput;
  DecideExceptionActionInput: DecideExceptionActionInput;
  PutEventConsumerInput: PutEventConsumerInput;
  PutEventConsumerPayload: Omit<PutEventConsumerPayload, 'eventConsumer'> & { eventConsumer: ResolversParentTypes['EventConsumer'] };
  ReplayEventsInput: ReplayEventsInput;
  ReplayEventsPayload: Omit<ReplayEventsPayload, 'eventConsumer'> & { eventConsumer?: Maybe<ResolversParentTypes['EventConsumer']> };
  MappingRowInput: MappingRowInput;
  DraftMappingInput: DraftMappingInput;
  ActivateMappingInput: ActivateMappingInput;
  WithdrawMappingInput: WithdrawMappingInput;
  RollBackMappingInput: RollBackMappingInput;
  MappingPayload: MappingOutcome;
  ExceptionPayload: ExceptionOutcome;
  SetOwnershipInput: SetOwnershipInput;
  SetOwnershipPayload: Omit<SetOwnershipPayload, 'ownershipRule'> & { ownershipRule: ResolversParentTypes['OwnershipRule'] };
  QuarantinedMessage: WaitingMessage;
  QuarantinedMessageConnection: Omit<QuarantinedMessageConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['QuarantinedMessageEdge']> };
  QuarantinedMessageEdge: Omit<QuarantinedMessageEdge, 'node'> & { node: ResolversParentTypes['QuarantinedMessage'] };
  ErasePersonalDataInput: ErasePersonalDataInput;
  ErasePersonalDataPayload: ErasePersonalDataPayload;
  BalanceSource: BalanceSourceTold;
  ReconciliationRun: RunState;
  ReconciliationTolerance: ReconciliationTolerance;
  ReconciliationCounts: ReconciliationCounts;
  ReconciliationVariance: Omit<ReconciliationVariance, 'values'> & { values: ReadonlyArray<ResolversParentTypes['VarianceValue']> };
  VarianceValue: ValueState;
  ReconciledLocation: LocationState;
  ReconciliationDifference: ReconciliationItem;
  ReconciliationRunConnection: Omit<ReconciliationRunConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['ReconciliationRunEdge']> };
  ReconciliationRunEdge: Omit<ReconciliationRunEdge, 'node'> & { node: ResolversParentTypes['ReconciliationRun'] };
  StartReconciliationInput: StartReconciliationInput;
  ReconciliationToleranceInput: ReconciliationToleranceInput;
  StartReconciliationPayload: Omit<StartReconciliationPayload, 'reconciliationRun'> & { reconciliationRun: ResolversParentTypes['ReconciliationRun'] };
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  ExceptionFrame: Omit<ExceptionFrame, 'changes'> & { changes: ReadonlyArray<ResolversParentTypes['ExceptionChange']> };
  ExceptionChange: Omit<ExceptionChange, 'exception'> & { exception: ResolversParentTypes['Exception'] };
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

export interface SafeIntegerScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInteger'], any> {
  name: 'SafeInteger';
}

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface ChangeCursorScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['ChangeCursor'], any> {
  name: 'ChangeCursor';
}

export type SkuResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Sku'] = ResolversParentTypes['Sku']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LocationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Location'] = ResolversParentTypes['Location']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChannelResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Channel'] = ResolversParentTypes['Channel']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExceptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Exception'] = ResolversParentTypes['Exception'], FederationReferenceType extends FederationReferenceTypes['Exception'] = FederationReferenceTypes['Exception']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Exception']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  class?: Resolver<ResolversTypes['ExceptionClass'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['ExceptionSeverity'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ExceptionStatus'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quantity?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  impact?: Resolver<ResolversTypes['ExceptionImpact'], ParentType, ContextType>;
  lineage?: Resolver<ResolversTypes['ExceptionLineage'], ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  changedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  assignee?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  closedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  closedBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  valueAtRisk?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  valueBasis?: Resolver<Maybe<ResolversTypes['ValueBasis']>, ParentType, ContextType>;
  escalations?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  possibleActions?: Resolver<ReadonlyArray<ResolversTypes['ExceptionActionKind']>, ParentType, ContextType>;
  actions?: Resolver<ReadonlyArray<ResolversTypes['ExceptionAction']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amountMinor?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type ExceptionActionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ExceptionAction'] = ResolversParentTypes['ExceptionAction']> = {
  idempotencyKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  action?: Resolver<ResolversTypes['ExceptionActionKind'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ExceptionActionStatus'], ParentType, ContextType>;
  askedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  askedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  agreedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  exception?: Resolver<Maybe<ResolversTypes['Exception']>, ParentType, ContextType>;
  idempotencyKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  action?: Resolver<ResolversTypes['ExceptionActionKind'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ExceptionActionStatus'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditEntryConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AuditEntryConnection'] = ResolversParentTypes['AuditEntryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditEntryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditEntryEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AuditEntryEdge'] = ResolversParentTypes['AuditEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type ExceptionImpactResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ExceptionImpact'] = ResolversParentTypes['ExceptionImpact']> = {
  skus?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Sku']>>, ParentType, ContextType>;
  locations?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Location']>>, ParentType, ContextType>;
  channels?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Channel']>>, ParentType, ContextType>;
  orders?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Order']>>, ParentType, ContextType>;
};

export type ExceptionLineageResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ExceptionLineage'] = ResolversParentTypes['ExceptionLineage']> = {
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  eventId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OwnershipRuleResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OwnershipRule'] = ResolversParentTypes['OwnershipRule'], FederationReferenceType extends FederationReferenceTypes['OwnershipRule'] = FederationReferenceTypes['OwnershipRule']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['OwnershipRule']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  domain?: Resolver<ResolversTypes['OwnershipDomain'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['OwnedQuantity'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType>;
  writerSystem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  changedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  authority?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  decisions?: Resolver<ReadonlyArray<ResolversTypes['OrchestrationDecision']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrchestrationDecisionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OrchestrationDecision'] = ResolversParentTypes['OrchestrationDecision']> = {
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  party?: Resolver<ResolversTypes['OrchestratingParty'], ParentType, ContextType>;
  system?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  effectiveFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  authority?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  decidedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  decidedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrchestrationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Orchestration'] = ResolversParentTypes['Orchestration']> = {
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  party?: Resolver<ResolversTypes['OrchestratingParty'], ParentType, ContextType>;
  system?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  decision?: Resolver<Maybe<ResolversTypes['OrchestrationDecision']>, ParentType, ContextType>;
};

export type MappingSetResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MappingSet'] = ResolversParentTypes['MappingSet'], FederationReferenceType extends FederationReferenceTypes['MappingSet'] = FederationReferenceTypes['MappingSet']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['MappingSet']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  domain?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  active?: Resolver<Maybe<ResolversTypes['MappingVersion']>, ParentType, ContextType>;
  versions?: Resolver<ReadonlyArray<ResolversTypes['MappingVersion']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MappingVersionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MappingVersion'] = ResolversParentTypes['MappingVersion']> = {
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['MappingStatus'], ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rows?: Resolver<ReadonlyArray<ResolversTypes['MappingRow']>, ParentType, ContextType>;
  basedOn?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  draftedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  draftedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  draftedBecause?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  effectiveAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  decidedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  decidedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  decidedBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MappingRowResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MappingRow'] = ResolversParentTypes['MappingRow']> = {
  external?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  canonical?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MappingDryRunResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MappingDryRun'] = ResolversParentTypes['MappingDryRun']> = {
  messages?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isCutOff?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nowReadable?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nowUnreadable?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unmapped?: Resolver<ReadonlyArray<ResolversTypes['UnmappedValue']>, ParentType, ContextType>;
  examples?: Resolver<ReadonlyArray<ResolversTypes['MappingExample']>, ParentType, ContextType>;
};

export type UnmappedValueResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UnmappedValue'] = ResolversParentTypes['UnmappedValue']> = {
  domain?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  messages?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MappingExampleResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MappingExample'] = ResolversParentTypes['MappingExample']> = {
  eventId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  before?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  after?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OutboundQueueResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OutboundQueue'] = ResolversParentTypes['OutboundQueue']> = {
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  breaker?: Resolver<ResolversTypes['BreakerState'], ParentType, ContextType>;
  waiting?: Resolver<ReadonlyArray<ResolversTypes['LaneBacklog']>, ParentType, ContextType>;
  underWay?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  oldestSubmittedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type LaneBacklogResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LaneBacklog'] = ResolversParentTypes['LaneBacklog']> = {
  lane?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  commands?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type QueuedCommandResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['QueuedCommand'] = ResolversParentTypes['QueuedCommand']> = {
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  idempotencyKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lane?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  group?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['QueuedCommandStatus'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  submittedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type EventConsumerResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EventConsumer'] = ResolversParentTypes['EventConsumer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  topics?: Resolver<ReadonlyArray<ResolversTypes['ConsumerTopic']>, ParentType, ContextType>;
  channels?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  skus?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  perSecond?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['ConsumerPriority'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ConsumerStatus'], ParentType, ContextType>;
  changedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  changedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConsumerTopicResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ConsumerTopic'] = ResolversParentTypes['ConsumerTopic']> = {
  topic?: Resolver<ResolversTypes['EventTopic'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lag?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  isCaughtUp?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SalesPostingResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SalesPosting'] = ResolversParentTypes['SalesPosting']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  businessDay?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SalesPostingState'], ParentType, ContextType>;
  waitingReceipts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  comparedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  registers?: Resolver<ReadonlyArray<ResolversTypes['RegisterPosting']>, ParentType, ContextType>;
  batches?: Resolver<ReadonlyArray<ResolversTypes['SalesBatch']>, ParentType, ContextType>;
};

export type RegisterPostingResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RegisterPosting'] = ResolversParentTypes['RegisterPosting']> = {
  register?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SalesPostingState'], ParentType, ContextType>;
  told?: Resolver<Maybe<ResolversTypes['TillFigures']>, ParentType, ContextType>;
  taken?: Resolver<ResolversTypes['TillFigures'], ParentType, ContextType>;
  posted?: Resolver<Maybe<ResolversTypes['TillFigures']>, ParentType, ContextType>;
};

export type TillFiguresResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TillFigures'] = ResolversParentTypes['TillFigures']> = {
  sales?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  returns?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  units?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type SalesBatchResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SalesBatch'] = ResolversParentTypes['SalesBatch']> = {
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SalesBatchStatus'], ParentType, ContextType>;
  receipts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  closedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  document?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PostStoreSalesPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PostStoreSalesPayload'] = ResolversParentTypes['PostStoreSalesPayload']> = {
  salesPostings?: Resolver<ReadonlyArray<ResolversTypes['SalesPosting']>, ParentType, ContextType>;
};

export type ExceptionConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ExceptionConnection'] = ResolversParentTypes['ExceptionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ExceptionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ExceptionEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ExceptionEdge'] = ResolversParentTypes['ExceptionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Exception'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PutEventConsumerPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PutEventConsumerPayload'] = ResolversParentTypes['PutEventConsumerPayload']> = {
  eventConsumer?: Resolver<ResolversTypes['EventConsumer'], ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReplayEventsPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReplayEventsPayload'] = ResolversParentTypes['ReplayEventsPayload']> = {
  eventConsumer?: Resolver<Maybe<ResolversTypes['EventConsumer']>, ParentType, ContextType>;
};

export type MappingPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MappingPayload'] = ResolversParentTypes['MappingPayload']> = {
  mappingSet?: Resolver<ResolversTypes['MappingSet'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['MappingVersion'], ParentType, ContextType>;
};

export type ExceptionPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ExceptionPayload'] = ResolversParentTypes['ExceptionPayload']> = {
  exception?: Resolver<ResolversTypes['Exception'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type SetOwnershipPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SetOwnershipPayload'] = ResolversParentTypes['SetOwnershipPayload']> = {
  ownershipRule?: Resolver<ResolversTypes['OwnershipRule'], ParentType, ContextType>;
  changeCursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
};

export type QuarantinedMessageResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['QuarantinedMessage'] = ResolversParentTypes['QuarantinedMessage']> = {
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  eventId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  exception?: Resolver<Maybe<ResolversTypes['Exception']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QuarantinedMessageConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['QuarantinedMessageConnection'] = ResolversParentTypes['QuarantinedMessageConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['QuarantinedMessageEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type QuarantinedMessageEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['QuarantinedMessageEdge'] = ResolversParentTypes['QuarantinedMessageEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['QuarantinedMessage'], ParentType, ContextType>;
};

export type ErasePersonalDataPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ErasePersonalDataPayload'] = ResolversParentTypes['ErasePersonalDataPayload']> = {
  messages?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type BalanceSourceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['BalanceSource'] = ResolversParentTypes['BalanceSource']> = {
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  figure?: Resolver<ResolversTypes['BalanceFigure'], ParentType, ContextType>;
  locations?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Location']>>, ParentType, ContextType>;
};

export type ReconciliationRunResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReconciliationRun'] = ResolversParentTypes['ReconciliationRun'], FederationReferenceType extends FederationReferenceTypes['ReconciliationRun'] = FederationReferenceTypes['ReconciliationRun']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ReconciliationRun']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReconciliationStatus'], ParentType, ContextType>;
  figure?: Resolver<Maybe<ResolversTypes['BalanceFigure']>, ParentType, ContextType>;
  tolerance?: Resolver<ResolversTypes['ReconciliationTolerance'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  requestedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  locationsCompared?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  locationsFailed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['ReconciliationCounts'], ParentType, ContextType>;
  variance?: Resolver<ResolversTypes['ReconciliationVariance'], ParentType, ContextType>;
  raised?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cleared?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isCutOff?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  locations?: Resolver<ReadonlyArray<ResolversTypes['ReconciledLocation']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReconciliationToleranceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReconciliationTolerance'] = ResolversParentTypes['ReconciliationTolerance']> = {
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  percent?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  valueMinor?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
};

export type ReconciliationCountsResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReconciliationCounts'] = ResolversParentTypes['ReconciliationCounts']> = {
  matched?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  tolerated?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  mismatched?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  missingInLedger?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  missingInSystem?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  notComparable?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
};

export type ReconciliationVarianceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReconciliationVariance'] = ResolversParentTypes['ReconciliationVariance']> = {
  more?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  less?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  values?: Resolver<ReadonlyArray<ResolversTypes['VarianceValue']>, ParentType, ContextType>;
  unvalued?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
};

export type VarianceValueResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['VarianceValue'] = ResolversParentTypes['VarianceValue']> = {
  basis?: Resolver<ResolversTypes['ValueBasis'], ParentType, ContextType>;
  more?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  less?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ReconciledLocationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReconciledLocation'] = ResolversParentTypes['ReconciledLocation']> = {
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['ReconciliationCounts'], ParentType, ContextType>;
  variance?: Resolver<ResolversTypes['ReconciliationVariance'], ParentType, ContextType>;
  differences?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationDifference']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReconciliationDifferenceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReconciliationDifference'] = ResolversParentTypes['ReconciliationDifference']> = {
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  told?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  recorded?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  difference?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  valueBasis?: Resolver<Maybe<ResolversTypes['ValueBasis']>, ParentType, ContextType>;
  exception?: Resolver<Maybe<ResolversTypes['Exception']>, ParentType, ContextType>;
};

export type ReconciliationRunConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReconciliationRunConnection'] = ResolversParentTypes['ReconciliationRunConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationRunEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ReconciliationRunEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReconciliationRunEdge'] = ResolversParentTypes['ReconciliationRunEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ReconciliationRun'], ParentType, ContextType>;
};

export type StartReconciliationPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['StartReconciliationPayload'] = ResolversParentTypes['StartReconciliationPayload']> = {
  reconciliationRun?: Resolver<ResolversTypes['ReconciliationRun'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  exception?: Resolver<Maybe<ResolversTypes['Exception']>, ParentType, ContextType, RequireFields<QueryExceptionArgs, 'id'>>;
  exceptions?: Resolver<ResolversTypes['ExceptionConnection'], ParentType, ContextType, RequireFields<QueryExceptionsArgs, 'first'>>;
  quarantinedMessages?: Resolver<ResolversTypes['QuarantinedMessageConnection'], ParentType, ContextType, RequireFields<QueryQuarantinedMessagesArgs, 'first'>>;
  outboundQueues?: Resolver<ReadonlyArray<ResolversTypes['OutboundQueue']>, ParentType, ContextType>;
  outboundCommands?: Resolver<ReadonlyArray<ResolversTypes['QueuedCommand']>, ParentType, ContextType, RequireFields<QueryOutboundCommandsArgs, 'system' | 'status' | 'first'>>;
  salesPostings?: Resolver<ReadonlyArray<ResolversTypes['SalesPosting']>, ParentType, ContextType, RequireFields<QuerySalesPostingsArgs, 'location' | 'day'>>;
  eventConsumers?: Resolver<ReadonlyArray<ResolversTypes['EventConsumer']>, ParentType, ContextType>;
  auditTrail?: Resolver<ResolversTypes['AuditEntryConnection'], ParentType, ContextType, RequireFields<QueryAuditTrailArgs, 'first'>>;
  balanceSources?: Resolver<ReadonlyArray<ResolversTypes['BalanceSource']>, ParentType, ContextType>;
  reconciliationRun?: Resolver<Maybe<ResolversTypes['ReconciliationRun']>, ParentType, ContextType, RequireFields<QueryReconciliationRunArgs, 'id'>>;
  reconciliationRuns?: Resolver<ResolversTypes['ReconciliationRunConnection'], ParentType, ContextType, RequireFields<QueryReconciliationRunsArgs, 'first'>>;
  mappingSets?: Resolver<ReadonlyArray<ResolversTypes['MappingSet']>, ParentType, ContextType, Partial<QueryMappingSetsArgs>>;
  mappingSet?: Resolver<Maybe<ResolversTypes['MappingSet']>, ParentType, ContextType, RequireFields<QueryMappingSetArgs, 'system' | 'domain'>>;
  mappingDryRun?: Resolver<ResolversTypes['MappingDryRun'], ParentType, ContextType, RequireFields<QueryMappingDryRunArgs, 'system' | 'domain' | 'version' | 'days'>>;
  orchestration?: Resolver<ResolversTypes['Orchestration'], ParentType, ContextType, RequireFields<QueryOrchestrationArgs, 'channel'>>;
  ownershipRules?: Resolver<ReadonlyArray<ResolversTypes['OwnershipRule']>, ParentType, ContextType, Partial<QueryOwnershipRulesArgs>>;
  _entities?: Resolver<ReadonlyArray<Maybe<ResolversTypes['_Entity']>>, ParentType, ContextType, RequireFields<Query_EntitiesArgs, 'representations'>>;
  _service?: Resolver<ResolversTypes['_Service'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  assignException?: Resolver<ResolversTypes['ExceptionPayload'], ParentType, ContextType, RequireFields<MutationAssignExceptionArgs, 'input'>>;
  resolveException?: Resolver<ResolversTypes['ExceptionPayload'], ParentType, ContextType, RequireFields<MutationResolveExceptionArgs, 'input'>>;
  actOnException?: Resolver<ResolversTypes['ExceptionPayload'], ParentType, ContextType, RequireFields<MutationActOnExceptionArgs, 'input'>>;
  decideExceptionAction?: Resolver<ResolversTypes['ExceptionPayload'], ParentType, ContextType, RequireFields<MutationDecideExceptionActionArgs, 'input'>>;
  waiveException?: Resolver<ResolversTypes['ExceptionPayload'], ParentType, ContextType, RequireFields<MutationWaiveExceptionArgs, 'input'>>;
  draftMapping?: Resolver<ResolversTypes['MappingPayload'], ParentType, ContextType, RequireFields<MutationDraftMappingArgs, 'input'>>;
  activateMapping?: Resolver<ResolversTypes['MappingPayload'], ParentType, ContextType, RequireFields<MutationActivateMappingArgs, 'input'>>;
  withdrawMapping?: Resolver<ResolversTypes['MappingPayload'], ParentType, ContextType, RequireFields<MutationWithdrawMappingArgs, 'input'>>;
  rollBackMapping?: Resolver<ResolversTypes['MappingPayload'], ParentType, ContextType, RequireFields<MutationRollBackMappingArgs, 'input'>>;
  putEventConsumer?: Resolver<ResolversTypes['PutEventConsumerPayload'], ParentType, ContextType, RequireFields<MutationPutEventConsumerArgs, 'input'>>;
  replayEvents?: Resolver<ResolversTypes['ReplayEventsPayload'], ParentType, ContextType, RequireFields<MutationReplayEventsArgs, 'input'>>;
  erasePersonalData?: Resolver<ResolversTypes['ErasePersonalDataPayload'], ParentType, ContextType, RequireFields<MutationErasePersonalDataArgs, 'input'>>;
  startReconciliation?: Resolver<ResolversTypes['StartReconciliationPayload'], ParentType, ContextType, RequireFields<MutationStartReconciliationArgs, 'input'>>;
  postStoreSales?: Resolver<ResolversTypes['PostStoreSalesPayload'], ParentType, ContextType, RequireFields<MutationPostStoreSalesArgs, 'input'>>;
  setOwnership?: Resolver<ResolversTypes['SetOwnershipPayload'], ParentType, ContextType, RequireFields<MutationSetOwnershipArgs, 'input'>>;
};

export type ExceptionFrameResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ExceptionFrame'] = ResolversParentTypes['ExceptionFrame']> = {
  cursor?: Resolver<ResolversTypes['ChangeCursor'], ParentType, ContextType>;
  reset?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['ExceptionChange']>, ParentType, ContextType>;
};

export type ExceptionChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ExceptionChange'] = ResolversParentTypes['ExceptionChange']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['SafeInteger'], ParentType, ContextType>;
  deleted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  exception?: Resolver<ResolversTypes['Exception'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['ExceptionStatus']>, ParentType, ContextType>;
  severity?: Resolver<Maybe<ResolversTypes['ExceptionSeverity']>, ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  changedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  exceptionChanged?: SubscriptionResolver<ResolversTypes['ExceptionFrame'], "exceptionChanged", ParentType, ContextType, RequireFields<SubscriptionExceptionChangedArgs, 'minIntervalMs'>>;
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
  __resolveType: TypeResolveFn<'Channel' | 'Exception' | 'Location' | 'MappingSet' | 'Order' | 'OwnershipRule' | 'ReconciliationRun' | 'Sku', ParentType, ContextType>;
};

export type Resolvers<ContextType = GraphqlContext> = {
  Quantity?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  SafeInteger?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  ChangeCursor?: GraphQLScalarType;
  Sku?: SkuResolvers<ContextType>;
  Location?: LocationResolvers<ContextType>;
  Channel?: ChannelResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  Exception?: ExceptionResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  ExceptionAction?: ExceptionActionResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditEntryConnection?: AuditEntryConnectionResolvers<ContextType>;
  AuditEntryEdge?: AuditEntryEdgeResolvers<ContextType>;
  ExceptionImpact?: ExceptionImpactResolvers<ContextType>;
  ExceptionLineage?: ExceptionLineageResolvers<ContextType>;
  OwnershipRule?: OwnershipRuleResolvers<ContextType>;
  OrchestrationDecision?: OrchestrationDecisionResolvers<ContextType>;
  Orchestration?: OrchestrationResolvers<ContextType>;
  MappingSet?: MappingSetResolvers<ContextType>;
  MappingVersion?: MappingVersionResolvers<ContextType>;
  MappingRow?: MappingRowResolvers<ContextType>;
  MappingDryRun?: MappingDryRunResolvers<ContextType>;
  UnmappedValue?: UnmappedValueResolvers<ContextType>;
  MappingExample?: MappingExampleResolvers<ContextType>;
  OutboundQueue?: OutboundQueueResolvers<ContextType>;
  LaneBacklog?: LaneBacklogResolvers<ContextType>;
  QueuedCommand?: QueuedCommandResolvers<ContextType>;
  EventConsumer?: EventConsumerResolvers<ContextType>;
  ConsumerTopic?: ConsumerTopicResolvers<ContextType>;
  SalesPosting?: SalesPostingResolvers<ContextType>;
  RegisterPosting?: RegisterPostingResolvers<ContextType>;
  TillFigures?: TillFiguresResolvers<ContextType>;
  SalesBatch?: SalesBatchResolvers<ContextType>;
  PostStoreSalesPayload?: PostStoreSalesPayloadResolvers<ContextType>;
  ExceptionConnection?: ExceptionConnectionResolvers<ContextType>;
  ExceptionEdge?: ExceptionEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PutEventConsumerPayload?: PutEventConsumerPayloadResolvers<ContextType>;
  ReplayEventsPayload?: ReplayEventsPayloadResolvers<ContextType>;
  MappingPayload?: MappingPayloadResolvers<ContextType>;
  ExceptionPayload?: ExceptionPayloadResolvers<ContextType>;
  SetOwnershipPayload?: SetOwnershipPayloadResolvers<ContextType>;
  QuarantinedMessage?: QuarantinedMessageResolvers<ContextType>;
  QuarantinedMessageConnection?: QuarantinedMessageConnectionResolvers<ContextType>;
  QuarantinedMessageEdge?: QuarantinedMessageEdgeResolvers<ContextType>;
  ErasePersonalDataPayload?: ErasePersonalDataPayloadResolvers<ContextType>;
  BalanceSource?: BalanceSourceResolvers<ContextType>;
  ReconciliationRun?: ReconciliationRunResolvers<ContextType>;
  ReconciliationTolerance?: ReconciliationToleranceResolvers<ContextType>;
  ReconciliationCounts?: ReconciliationCountsResolvers<ContextType>;
  ReconciliationVariance?: ReconciliationVarianceResolvers<ContextType>;
  VarianceValue?: VarianceValueResolvers<ContextType>;
  ReconciledLocation?: ReconciledLocationResolvers<ContextType>;
  ReconciliationDifference?: ReconciliationDifferenceResolvers<ContextType>;
  ReconciliationRunConnection?: ReconciliationRunConnectionResolvers<ContextType>;
  ReconciliationRunEdge?: ReconciliationRunEdgeResolvers<ContextType>;
  StartReconciliationPayload?: StartReconciliationPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  ExceptionFrame?: ExceptionFrameResolvers<ContextType>;
  ExceptionChange?: ExceptionChangeResolvers<ContextType>;
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
