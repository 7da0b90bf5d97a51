import type { Steps } from '../../../kernel/model/quantity.ts';
import type {
  AllocatedLine,
  FactSource,
  LedgerEvent,
  LedgerEventOf,
  MovementLine,
  ReservedLine,
} from '../domain/ledger-event.ts';
import { partsOf, type FindClaim, type KnownClaim } from './known-claim.ts';

/** Figures of a position that its history follows. */
export interface PositionFigures {
  readonly onHand: Steps;
  readonly sellable: Steps;
  readonly softReserved: Steps;
  readonly allocated: Steps;
}

/** What one line of an event did to one position, and why. */
export interface PositionEffect {
  readonly sku: string;
  readonly location: string;
  /** A movement kind, or RESERVE, CANCEL, EXPIRE, CONVERT, ALLOCATE, DEALLOCATE, SHIP_ALLOCATED, PICK. */
  readonly kind: string;
  readonly reason: string | null;
  readonly quantity: Steps;
  readonly change: Partial<PositionFigures>;
  readonly source: FactSource | null;
  /** The order, return, receipt or owner that it belongs to. */
  readonly document: string | null;
  readonly occurredAtMs: number;
  /** As far as it was told of a SKU that is tracked. */
  readonly lot?: string;
  readonly serials?: readonly string[];
}

const NO_EFFECTS: readonly PositionEffect[] = [];

/**
 * What an event did to positions, in its order; undefined when it speaks of reservations of which nothing is known any
 * more, so that nobody can say.
 */
export function positionEffects(findClaim: FindClaim, event: LedgerEvent): readonly PositionEffect[] | undefined {
  switch (event.type) {
    case 'stock-moved':
      return event.lines.flatMap((line) => movementEffects(event, line));
    case 'stock-reserved':
      // What a network has to serve, as most of it, touches no position.
      return event.location === undefined ? NO_EFFECTS : event.lines.flatMap((line) => reservedEffects(event, line));
    case 'reservations-cancelled':
      return endedEffects(findClaim, event.reservations, { kind: 'CANCEL', atMs: event.atMs });
    case 'reservation-expired':
      return endedEffects(findClaim, [event.reservation], { kind: 'EXPIRE', atMs: event.atMs });
    case 'stock-allocated':
      return allocatedEffects(findClaim, event);
    case 'stock-deallocated':
      return event.lines.map((line) => claimEffect(line, event.atMs, { kind: 'DEALLOCATE', sign: -1 }));
    case 'allocations-shipped':
      return event.lines.map((line) => claimEffect(line, event.atMs, { kind: 'SHIP_ALLOCATED', sign: -1 }));
    case 'stock-picked':
      return event.lines.map((line) => claimEffect(line, event.atMs, { kind: 'PICK', sign: 0 }));
    default:
      return [];
  }
}

/** One effect per position: what changes its place within a location is one. */
function movementEffects(event: LedgerEventOf<'stock-moved'>, line: MovementLine): readonly PositionEffect[] {
  const { kind, source, document = null, occurredAtMs } = event;
  const changes = new Map<string, { onHand: number; sellable: number }>();
  for (const [place, steps] of [[line.from, -line.steps] as const, [line.to, line.steps] as const]) {
    if ('virtual' in place) continue;
    const change = changes.get(place.location) ?? { onHand: 0, sellable: 0 };
    change.onHand += steps;
    if (place.bucket === 'SELLABLE') change.sellable += steps;
    changes.set(place.location, change);
  }
  const { sku, steps: quantity, reason, lot, serials } = line;
  const units = { ...(lot !== undefined && { lot }), ...(serials && { serials }) };
  const base = { sku, kind, reason, quantity, source, document, occurredAtMs, ...units };
  return [...changes].map(([location, change]) => ({ ...base, location, change }));
}

function reservedEffects(event: LedgerEventOf<'stock-reserved'>, line: ReservedLine): readonly PositionEffect[] {
  const { location, kind: reason, owner = null, atMs } = event;
  const claim = { kind: reason, owner, steps: line.steps, parts: partsOf(line, location) };
  return shelfEffects(claim, { kind: 'RESERVE', atMs, steps: line.steps, sign: 1 });
}

function endedEffects(
  findClaim: FindClaim,
  ids: readonly string[],
  ending: { readonly kind: string; readonly atMs: number },
): readonly PositionEffect[] | undefined {
  const effects: PositionEffect[] = [];
  for (const id of ids) {
    const claim = findClaim(id);
    if (!claim) return undefined;
    effects.push(...shelfEffects(claim, { ...ending, steps: claim.steps, sign: -1 }));
  }
  return effects;
}

/** What reserved a location reserves it no more; what its network had to serve touched no position. */
function shelfEffects(
  { kind: reason, owner: document, parts }: KnownClaim,
  change: { readonly kind: string; readonly atMs: number; readonly steps: Steps; readonly sign: -1 | 1 },
): readonly PositionEffect[] {
  const { kind, atMs: occurredAtMs, steps, sign } = change;
  return parts.map(({ sku, location, stepsEach }) => {
    const quantity = steps * stepsEach;
    const softReserved = sign * quantity;
    return { sku, location, kind, reason, quantity, change: { softReserved }, source: null, document, occurredAtMs };
  });
}

function allocatedEffects(
  findClaim: FindClaim,
  { atMs, lines }: LedgerEventOf<'stock-allocated'>,
): readonly PositionEffect[] | undefined {
  const effects: PositionEffect[] = [];
  for (const line of lines) {
    const claim = findClaim(line.reservation);
    if (!claim) return undefined;
    effects.push(...shelfEffects(claim, { kind: 'CONVERT', atMs, steps: line.steps, sign: -1 }));
    for (const { sku, stepsEach } of line.components ?? [{ sku: line.sku, stepsEach: 1 }]) {
      const part = { ...line, sku, steps: line.steps * stepsEach };
      effects.push(claimEffect(part, atMs, { kind: 'ALLOCATE', sign: 1 }));
    }
  }
  return effects;
}

function claimEffect(
  { sku, location, steps, order }: AllocatedLine,
  occurredAtMs: number,
  { kind, sign }: { readonly kind: string; readonly sign: -1 | 0 | 1 },
): PositionEffect {
  const change = sign === 0 ? {} : { allocated: sign * steps };
  return { sku, location, kind, reason: null, quantity: steps, change, source: null, document: order, occurredAtMs };
}
