import { parseQuantity } from '../../../../kernel/model/quantity.ts';
import type { DeliveryDates, Demand, SourcingPlan, SourcingRequest } from '../../domain/sourcing/sourcing-policy.ts';
import { datesOfAll, deliveryFrom, promiseFromSupply } from '../../domain/sourcing/supply-promise.ts';
import type { AskedNodes } from './ask-nodes.ts';

export interface Delivery {
  readonly dates: DeliveryDates;
  /** It has to come from stock that is not there yet. */
  readonly waitsForSupply: boolean;
}

/**
 * When a demand should arrive: from where it is planned, else from what is to come; undefined when nobody can say. What is
 * sold ahead is sent as if it were ordered on its day.
 */
export function deliveryOf(
  demand: Demand,
  {
    request,
    plan,
    asked,
  }: { readonly request: SourcingRequest; readonly plan: SourcingPlan; readonly asked: AskedNodes },
): Delivery | undefined {
  const then = { ...request, nowMs: Math.max(request.nowMs, asked.shipsAtMs.get(demand.reservation) ?? 0) };
  const isAhead = then.nowMs > request.nowMs;
  const parts = plan.choices.filter(({ reservation }) => reservation === demand.reservation);
  if (parts.length > 0) {
    const dates = datesOfAll(
      parts.map(({ delivery, location }) => (isAhead ? deliveryFrom(then, location, then.nowMs) : delivery)),
    );
    return dates ? { dates, waitsForSupply: false } : undefined;
  }
  const { quantity, decimals, nodes, reservation } = demand;
  const coming = (asked.supply.get(reservation) ?? []).map(({ kind, location, quantity: text, expectedAt }) => ({
    kind,
    location,
    steps: parseQuantity(text, decimals),
    expectedAtMs: expectedAt === null ? null : Date.parse(expectedAt),
  }));
  const there = new Map(nodes.map(({ location, available }) => [location, available]));
  const dates = promiseFromSupply(then, { quantity, there, coming });
  return dates ? { dates, waitsForSupply: true } : undefined;
}
