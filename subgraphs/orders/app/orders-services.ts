import type { Carrier } from '../../../connectors/carrier/port.ts';
import type { Marketplace } from '../../../connectors/marketplace/port.ts';
import type { OutboundCommands } from '../../../connectors/outbound/port.ts';
import type { PaymentProvider } from '../../../connectors/payment/port.ts';
import type { TaxSystem } from '../../../connectors/tax/port.ts';
import type { ShortRule } from '../domain/claims/short-rules.ts';
import type { SubstitutionRule } from '../domain/changes/substitution-rules.ts';
import type { TaxRule } from '../domain/money/tax-rules.ts';
import type { Pos } from '../../../connectors/pos/port.ts';
import type { Wms } from '../../../connectors/wms/port.ts';
import type { DocumentChangeLog } from '../../../kernel/engine/document-change-log.ts';
import type { Clock } from '../../../kernel/ports/clock.ts';
import type { Rpc } from '../../../kernel/ports/rpc.ts';
import type { Ids } from '../../../kernel/ports/ids.ts';
import type { Telemetry } from '../../../kernel/ports/telemetry.ts';
import type { SourcingPolicy } from '../domain/sourcing/sourcing-policy.ts';
import type { CapturePolicy } from '../domain/money/capture-rules.ts';
import type { PlacementRule } from '../domain/placement-rules.ts';
import type { PickupRule } from '../domain/pickup/pickup-rules.ts';
import type { AskInventory } from './ask-inventory.ts';
import type { CustomerReferences } from './customers/customer-references.ts';
import type { HandOffRules } from './hand-offs.ts';
import type { LabelRules } from '../domain/labels/label-rules.ts';
import type { KnownPayment } from './known-payment.ts';
import type { AddressBook } from './labels/address-book.ts';
import type { ErasureBook } from './erasure/erasure-book.ts';
import type { OrchestrationRegister } from './orchestration-register.ts';
import type { OrderStore } from './order-store.ts';
import type { OrdersLimits } from './orders-limits.ts';
import type { ParkedFacts } from './parked-facts.ts';
import type { KnownChannel, KnownSku, Registry } from './registry.ts';
import type { IndexBuild } from './search/index-build.ts';
import type { OrderIndex } from './search/order-index.ts';
import type { DecisionStore } from './sourcing/decision-store.ts';
import type { IdleWork } from './sourcing/idle-work.ts';
import type { LocationSweeps } from './sourcing/location-sweeps.ts';
import type { NodeCapacity } from './sourcing/node-capacity.ts';
import type { PlaceRegister } from './sourcing/place-register.ts';
import type { RulesStore } from './sourcing/rules-store.ts';

/** What the use cases of orders work with; each names the part that it needs. */
export interface OrdersServices {
  readonly store: OrderStore;
  readonly skus: Registry<KnownSku>;
  readonly channels: Registry<KnownChannel>;
  readonly parked: ParkedFacts;
  readonly changeLog: DocumentChangeLog;
  readonly askInventory: AskInventory;
  /** By which other contexts are asked for what has no port of its own. */
  readonly rpc: Rpc;
  /** Which customers are to be forgotten. */
  readonly erasures: ErasureBook;
  /** What other systems call customers. */
  readonly customerReferences: CustomerReferences;
  readonly sourcing: SourcingPolicy;
  /** By which locations are chosen and dates promised. */
  readonly rules: RulesStore;
  /** What orders are found by. */
  readonly search: OrderIndex;
  readonly searchBuild: IndexBuild;
  readonly places: PlaceRegister;
  readonly capacity: NodeCapacity;
  readonly decisions: DecisionStore;
  readonly idleWork: IdleWork;
  readonly sweeps: LocationSweeps;
  readonly wms: readonly Wms[];
  readonly pos: readonly Pos[];
  readonly carriers: readonly Carrier[];
  /** Asked where orders go that they took. */
  readonly marketplaces: readonly Pick<Marketplace, 'system' | 'deliveryAddress'>[];
  readonly outbound: OutboundCommands;
  /** Where orders are sent. */
  readonly addresses: AddressBook;
  /** For which parcels labels are bought. */
  readonly labelRules: LabelRules;
  readonly payments: readonly PaymentProvider[];
  readonly taxes: readonly TaxSystem[];
  readonly taxRules: readonly TaxRule[];
  /** For how long goods wait to be collected. */
  readonly pickupRules: readonly PickupRule[];
  /** Who hears of the orders of which channel. */
  readonly handOffs: HandOffRules;
  /** Who orchestrates which channel. */
  readonly orchestration: OrchestrationRegister;
  /** What may take the place of something else. */
  readonly substitutionRules: readonly SubstitutionRule[];
  /** What becomes of units that no location has any more. */
  readonly shortRules: readonly ShortRule[];
  /** What becomes of orders that are placed while the ledger is away. */
  readonly placementRules: readonly PlacementRule[];
  /** When money is taken. */
  readonly capturePolicy: CapturePolicy;
  /** Payments that channels had authorised, by what their provider calls them. */
  readonly knownPayments: Registry<KnownPayment>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly telemetry: Telemetry;
  readonly limits: OrdersLimits;
}
