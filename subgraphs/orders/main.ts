import { readFileSync } from 'node:fs';
import type { Carrier } from '../../connectors/carrier/port.ts';
import type { Erp } from '../../connectors/erp/port.ts';
import type { Marketplace } from '../../connectors/marketplace/port.ts';
import type { OutboundCommands } from '../../connectors/outbound/port.ts';
import type { Messenger } from '../../connectors/notification/port.ts';
import type { Oms } from '../../connectors/oms/port.ts';
import type { PaymentProvider } from '../../connectors/payment/port.ts';
import type { TaxSystem } from '../../connectors/tax/port.ts';
import type { Pos } from '../../connectors/pos/port.ts';
import type { Wms } from '../../connectors/wms/port.ts';
import { createSubgraphSchema } from '../../kernel/graphql/create-subgraph-schema.ts';
import type { Subgraph, SubgraphRequest } from '../../kernel/graphql/subgraph.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { checkHandOffs } from './app/hand-offs.ts';
import { openOrders, type OpenOrders } from './app/open-orders.ts';
import { ORDERS_LIMITS, type OrdersLimits } from './app/orders-limits.ts';
import { capturePolicyOf, type CaptureRules } from './domain/money/capture-rules.ts';
import type { ShortRule } from './domain/claims/short-rules.ts';
import type { SubstitutionRule } from './domain/changes/substitution-rules.ts';
import type { PlacementRule } from './domain/placement-rules.ts';
import type { PickupRule } from './domain/pickup/pickup-rules.ts';
import type { NotificationRule } from './domain/hand-offs/notification-rules.ts';
import type { OrchestrationRule } from './domain/routing/routing-hand-off.ts';
import type { SalesOrderRule } from './domain/hand-offs/sale-hand-off.ts';
import { NO_LABELS, type LabelRules } from './domain/labels/label-rules.ts';
import type { TaxRule } from './domain/money/tax-rules.ts';
import { USUAL_TIMES, type TimeRules } from './domain/times/time-rules.ts';
import { cheapestNodesPolicy } from './domain/sourcing/cheapest-nodes-policy.ts';
import type { SourcingPolicy } from './domain/sourcing/sourcing-policy.ts';
import { DEFAULT_RULES, type SourcingRules } from './domain/sourcing/sourcing-rules.ts';
import type { GraphqlContext } from './graphql/context.ts';
import { createOrdersContext } from './create-orders-context.ts';
import { resolvers } from './graphql/resolvers.ts';

export interface OrdersOptions {
  /** The warehouse systems; a location that none of them runs works with the hub itself. */
  readonly wms: readonly Wms[];
  /** Through which the warehouse systems get their work. */
  readonly outbound: OutboundCommands;
  /** The providers of payments. Default: none, channels take the money by themselves. */
  readonly payments?: readonly PaymentProvider[];
  /** Who tells where parcels are. Default: nobody but those who send them. */
  readonly carriers?: readonly Carrier[];
  /** Asked where orders go that they took. Default: none. */
  readonly marketplaces?: readonly Pick<Marketplace, 'system' | 'deliveryAddress'>[];
  /** The tax systems that rules may name. Default: none. */
  readonly taxes?: readonly TaxSystem[];
  /** How the taxes of orders are checked. Default: channels are taken at their word. */
  readonly taxRules?: readonly TaxRule[];
  /** Who sends messages to customers. Default: nobody. */
  readonly messengers?: readonly Messenger[];
  /** Who tells customers what becomes of their orders. Default: nobody does. */
  readonly notificationRules?: readonly NotificationRule[];
  /** The ERP that rules may have keep orders. Default: none. */
  readonly erp?: Pick<Erp, 'system' | 'orders'>;
  /** Which ERP keeps the orders of which channel. Default: none does. */
  readonly salesOrderRules?: readonly SalesOrderRule[];
  /** Systems that route orders by themselves. Default: none. */
  readonly oms?: readonly Oms[];
  /** Which channels they orchestrate. Default: the hub orchestrates every channel. */
  readonly orchestrationRules?: readonly OrchestrationRule[];
  /** What may take the place of something else. Default: what customers allow, of the same category, for no more money. */
  readonly substitutionRules?: readonly SubstitutionRule[];
  /** What becomes of units that no location has any more. Default: they wait for one. */
  readonly shortRules?: readonly ShortRule[];
  /** What becomes of orders that are placed while the ledger is away. Default: whoever places them tries again. */
  readonly placementRules?: readonly PlacementRule[];
  /** When money is taken. Default: when the goods leave. */
  readonly captureRules?: readonly CaptureRules[];
  /** For how long goods wait to be collected; the first that fits. Default: a week, with a day's notice. */
  readonly pickupRules?: readonly PickupRule[];
  /** For which parcels of which locations the hub buys labels. Default: for none. */
  readonly labelRules?: LabelRules;
  /** What time alone does to orders: deadlines, arrivals that nobody tells of, and when they are closed. Default: the usual. */
  readonly timeRules?: Partial<TimeRules>;
  /** The POS estates, asked for receipts of the stores that they run. */
  readonly pos: readonly Pos[];
  /** Default: as many lines as possible, as cheaply as possible by the rules. */
  readonly sourcing?: SourcingPolicy;
  /** What of the rules differs from the default ones, until a version that somebody writes holds. */
  readonly sourcingRules?: Partial<SourcingRules>;
  /** Those that differ from ORDERS_LIMITS. */
  readonly limits?: Partial<OrdersLimits>;
}

/** The orders context. It may be stopped and started at any time and takes in what happened meanwhile. */
export function createOrders(platform: Platform, options: OrdersOptions): Subgraph {
  const sdl = readFileSync(new URL('../../schema/graphql/orders.graphql', import.meta.url), 'utf8');
  const limits = { ...ORDERS_LIMITS, ...options.limits };
  const { payments = [], carriers = [], taxes = [], taxRules = [], captureRules = [], pickupRules = [] } = options;
  const { marketplaces = [] } = options;
  const { messengers = [], notificationRules = [], salesOrderRules = [] } = options;
  const { oms = [], orchestrationRules = [] } = options;
  const handOffs = { notificationRules, salesOrderRules, orchestrationRules };
  checkHandOffs(handOffs, { messengers, erp: options.erp, oms });
  const { substitutionRules = [], shortRules = [], placementRules = [] } = options;
  const capturePolicy = capturePolicyOf(captureRules);
  const { wms, pos, outbound, sourcing = cheapestNodesPolicy } = options;
  const sourcingRules = { ...DEFAULT_RULES, ...options.sourcingRules };
  let open: OpenOrders | undefined;
  return {
    name: 'orders',
    sdl,
    schema: createSubgraphSchema(sdl, resolvers),
    createContext(request: SubgraphRequest): GraphqlContext {
      if (!open) throw new Obstacle('CONTEXT_UNAVAILABLE', 'The orders context is not running.');
      return createOrdersContext(open.services, { request, pos, telemetry: platform.telemetry });
    },
    async start() {
      open ??= await openOrders(platform, {
        wms,
        pos,
        outbound,
        payments,
        carriers,
        marketplaces,
        capturePolicy,
        substitutionRules,
        shortRules,
        placementRules,
        pickupRules,
        taxes,
        taxRules,
        handOffs,
        sourcing,
        sourcingRules,
        labelRules: options.labelRules ?? NO_LABELS,
        timeRules: { ...USUAL_TIMES, ...options.timeRules },
        limits,
      });
    },
    async stop() {
      const closing = open;
      open = undefined;
      await closing?.close();
    },
    readiness: () => (open ? { ready: true } : { ready: false, reason: 'The orders context is not running.' }),
  };
}
