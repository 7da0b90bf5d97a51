import { formatQuantity, parseQuantity } from '../../../../kernel/model/quantity.ts';
import { findNodes, type FindNodesReply } from '../../../../schema/commands/inventory.ts';
import type { Demand } from '../../domain/sourcing/sourcing-policy.ts';
import type { Cause } from '../cause.ts';
import type { OrdersServices } from '../orders-services.ts';

export type AskedDemand = Omit<Demand, 'nodes'>;

/** What is to come for a demand, as the ledger tells it. */
export type ExpectedSupply = NonNullable<FindNodesReply['lines'][number]['supply']>[number];

export interface AskedNodes {
  readonly demands: readonly Demand[];
  /** By reservation: locations of the network that have none of it. */
  readonly withoutStock: ReadonlyMap<string, number>;
  /** By reservation; empty when it was not asked for. */
  readonly supply: ReadonlyMap<string, readonly ExpectedSupply[]>;
  /** By reservation: before when what is sold ahead does not leave, also when that has passed; none for anything else. */
  readonly shipsAtMs: ReadonlyMap<string, number>;
}

interface Question {
  readonly channel: string;
  readonly demands: readonly AskedDemand[];
  /** Ask also what is to come. */
  readonly withSupply?: boolean;
  /** The reservations are the caller's own, which do not count against it. Default: they are. */
  readonly isClaimed?: boolean;
}

/**
 * Asks the ledger what each location could serve.
 * @throws {Obstacle} when it does not answer
 * @throws {Refusal} UNKNOWN_CHANNEL, UNKNOWN_SKU
 */
export async function askNodes(
  { askInventory }: Pick<OrdersServices, 'askInventory'>,
  { channel, demands, withSupply = false, isClaimed = true }: Question,
  cause: Cause,
): Promise<AskedNodes> {
  const lines = demands.map(({ line, sku, quantity, decimals, reservation }) => ({
    lineRef: refOf({ line, reservation }),
    sku,
    quantity: formatQuantity(quantity, decimals),
    ...(isClaimed && { reservation }),
  }));
  const request = { channel, lines, ...(withSupply && { withSupply }) };
  const reply = await askInventory(findNodes, request, cause.correlationId);
  const byRef = new Map(reply.lines.map((line) => [line.lineRef, line]));
  const withoutStock = new Map<string, number>();
  const supply = new Map<string, readonly ExpectedSupply[]>();
  const shipsAtMs = new Map<string, number>();
  const answered = demands.map((demand): Demand => {
    const found = byRef.get(refOf(demand));
    const nodes = (found?.nodes ?? []).map(({ location, available }, rank) => ({
      location,
      available: parseQuantity(available, demand.decimals),
      rank,
    }));
    withoutStock.set(demand.reservation, Math.max(0, (found?.examined ?? nodes.length) - nodes.length));
    supply.set(demand.reservation, found?.supply ?? []);
    if (found?.shipsAt !== undefined) shipsAtMs.set(demand.reservation, Date.parse(found.shipsAt));
    return { ...demand, nodes };
  });
  return { demands: answered, withoutStock, supply, shipsAtMs };
}

const refOf = ({ line, reservation }: Pick<Demand, 'line' | 'reservation'>): string => `${line}/${reservation}`;
