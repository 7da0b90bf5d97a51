import type { ExceptionReport } from './exception-event.ts';
import type { LedgerState } from './ledger-state.ts';

/** Orders named by one exception. */
const ORDERS_MAX = 100;

/** Kinds of exceptions by which a promise to an order may be broken. */
const BREAKING: readonly ExceptionReport['class'][] = ['OVERSOLD', 'NETWORK_SHORTAGE'];

interface Claim {
  readonly order: string;
  readonly location: string | undefined;
}

/** For each report, the orders that claim what it says is missing. Reads the claims once, however many reports there are. */
export function ordersConcerned(
  state: LedgerState,
  reports: readonly ExceptionReport[],
): readonly (readonly string[])[] {
  const breaking = reports.filter((report) => BREAKING.includes(report.class));
  if (breaking.length === 0) return reports.map(() => []);
  const claims = claimsOf(state, new Set(breaking.map(({ sku = '' }) => sku)));
  return reports.map((report) => {
    if (!BREAKING.includes(report.class)) return [];
    const { sku = '', location } = report;
    const concerned = (claims.get(sku) ?? []).filter((claim) => location === undefined || claim.location === location);
    return [...new Set(concerned.map(({ order }) => order))].slice(0, ORDERS_MAX);
  });
}

function claimsOf(state: LedgerState, skus: ReadonlySet<string>): ReadonlyMap<string, readonly Claim[]> {
  const claims = new Map<string, Claim[]>();
  const add = (sku: number, order: string, location: number): void => {
    const id = state.skuIds.textOf(sku);
    if (!skus.has(id)) return;
    const claim = { order, location: location < 0 ? undefined : state.locationIds.textOf(location) };
    const known = claims.get(id);
    if (known) known.push(claim);
    else claims.set(id, [claim]);
  };
  for (const { sku, order, location } of state.allocations.all()) {
    // What is brought for an order is claimed by its transfer where it leaves.
    add(sku, state.transfers.get(order)?.order?.id ?? order, location);
  }
  for (const { sku, kind, owner, location } of state.reservations.active()) {
    if (kind === 'ORDER' && owner !== undefined) add(sku, owner, location);
  }
  return claims;
}
