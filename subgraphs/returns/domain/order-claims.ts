import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { formatQuantity, type StepDecimals, type Steps } from '../../../kernel/model/quantity.ts';
import type { Stretch } from './refund-value.ts';
import type { ReturnState } from './return-state.ts';

/**
 * What open returns claim of one order: units that are to come back and that the order does not know of yet, and the
 * units that money was granted for. One document per order, saved by compare-and-set, so two requests at the same time
 * cannot claim the same unit.
 */
export interface OrderClaims {
  /** The id of the order. */
  readonly id: string;
  readonly claims: Readonly<Record<string, ReturnClaim>>;
  /** Stretches of the units of an order line that were granted, by order line and return line. */
  readonly granted: Readonly<Record<string, Readonly<Record<string, Stretch>>>>;
}

export interface ReturnClaim {
  /** The version of the return that it was made from; an older one never replaces it. 0 before the first save. */
  readonly version: number;
  readonly claimedAtMs: number;
  /** Steps by order line. */
  readonly steps: Readonly<Record<string, Steps>>;
}

export const noClaims = (order: string): OrderClaims => ({ id: order, claims: {}, granted: {} });

/** What other returns than this one claim, by order line. */
export function claimedByOthers({ claims }: OrderClaims, returnId: string): Map<string, Steps> {
  const sums = new Map<string, Steps>();
  for (const [id, claim] of Object.entries(claims)) {
    if (id === returnId) continue;
    for (const [line, steps] of Object.entries(claim.steps)) sums.set(line, (sums.get(line) ?? 0) + steps);
  }
  return sums;
}

export interface ClaimRequest {
  readonly returnId: string;
  readonly version: number;
  readonly nowMs: number;
  readonly lines: readonly { readonly orderLine: string; readonly steps: Steps; readonly decimals: StepDecimals }[];
  /** What the order says can still come back, in steps by order line. */
  readonly returnable: ReadonlyMap<string, Steps>;
}

/** Claims units for a return, all or none. */
export function claimUnits(current: OrderClaims, request: ClaimRequest): OrderClaims | RefusalValue {
  const { returnId, returnable, lines } = request;
  const others = claimedByOthers(current, returnId);
  const wanted = sumByOrderLine(lines);
  for (const { orderLine, decimals } of lines) {
    const asked = wanted[orderLine] ?? 0;
    const open = (returnable.get(orderLine) ?? 0) - (others.get(orderLine) ?? 0);
    if (asked > open) {
      return refuse('RETURN_EXCEEDS_SOLD', `Less of line ${orderLine} can come back than was asked for.`, {
        orderLine,
        asked: formatQuantity(asked, decimals),
        returnable: formatQuantity(Math.max(0, open), decimals),
      });
    }
  }
  return setClaim(current, { ...request, steps: wanted });
}

/** Brings the claim of a return in line with a version of it. A claim of nothing is left out. */
export function setClaim(
  current: OrderClaims,
  claim: {
    readonly returnId: string;
    readonly version: number;
    readonly nowMs: number;
    readonly steps: ReturnClaim['steps'];
  },
): OrderClaims {
  const { returnId, version, nowMs, steps } = claim;
  const known = current.claims[returnId];
  if (known && known.version > version) return current;
  const { [returnId]: _former, ...others } = current.claims;
  if (Object.keys(steps).length === 0) return { ...current, claims: others };
  return { ...current, claims: { ...others, [returnId]: { version, claimedAtMs: nowMs, steps } } };
}

/** The units of a return that its order does not know of yet. */
export function stepsClaimedBy({ lines }: Pick<ReturnState, 'lines'>): ReturnClaim['steps'] {
  return sumByOrderLine(
    lines.flatMap(({ orderLine, status, isRegistered, steps }) => {
      const isOver = status === 'REJECTED' || status === 'CANCELLED' || isRegistered;
      return isOver || orderLine === null ? [] : [{ orderLine, steps }];
    }),
  );
}

/** Takes the next units of an order line for a return line; the same return line gets the same ones again. */
export function grantStretch(
  current: OrderClaims,
  { orderLine, returnLine, steps }: { readonly orderLine: string; readonly returnLine: string; readonly steps: Steps },
): { readonly claims: OrderClaims; readonly stretch: Stretch } {
  const ofLine = current.granted[orderLine] ?? {};
  const known = ofLine[returnLine];
  if (known && known.to - known.from === steps) return { claims: current, stretch: known };
  // A line that was parted before its stretch was saved with it keeps the first units.
  const from = known?.from ?? firstRoom(Object.values(ofLine), steps);
  const stretch = { from, to: from + steps };
  const granted = { ...current.granted, [orderLine]: { ...ofLine, [returnLine]: stretch } };
  return { claims: { ...current, granted }, stretch };
}

/** After the units before which there is not enough room. */
function firstRoom(taken: readonly Stretch[], steps: Steps): Steps {
  let from = 0;
  for (const stretch of taken.toSorted((a, b) => a.from - b.from)) {
    if (stretch.from - from >= steps) return from;
    from = Math.max(from, stretch.to);
  }
  return from;
}

/** Lines that will not come back count no units any more; others get those. */
export function releaseStretches(current: OrderClaims, { lines }: Pick<ReturnState, 'lines'>): OrderClaims {
  const over = new Set(lines.filter(({ status }) => status === 'CANCELLED').map(({ id }) => id));
  const isOver = (granted: OrderClaims['granted'][string]): boolean => Object.keys(granted).some((id) => over.has(id));
  if (!Object.values(current.granted).some(isOver)) return current;
  const granted = Object.entries(current.granted).map(([orderLine, ofLine]) => {
    return [orderLine, Object.fromEntries(Object.entries(ofLine).filter(([id]) => !over.has(id)))] as const;
  });
  return { ...current, granted: Object.fromEntries(granted) };
}

function sumByOrderLine(
  lines: readonly { readonly orderLine: string; readonly steps: Steps }[],
): Record<string, Steps> {
  const sums: Record<string, Steps> = {};
  for (const { orderLine, steps } of lines) sums[orderLine] = (sums[orderLine] ?? 0) + steps;
  return sums;
}
