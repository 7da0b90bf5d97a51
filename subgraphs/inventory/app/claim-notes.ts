import type { LedgerEvent } from '../domain/ledger-event.ts';
import type { FindClaim, KnownClaim } from './known-claim.ts';

/** Of a reservation that a batch ends in part or as a whole: id, steps, kind, owner, and what a step is of the position. */
export type ClaimNote = readonly [string, number, string, string | null, number];

/** The reservations of whose end an event speaks. */
export function reservationsEndedBy(event: LedgerEvent): readonly string[] {
  switch (event.type) {
    case 'reservations-cancelled':
      return event.reservations;
    case 'reservation-expired':
      return [event.reservation];
    case 'stock-allocated':
      return event.lines.map(({ reservation }) => reservation);
    default:
      return [];
  }
}

/** What the log says of a claim only long before its end, for one of its parts. */
export function claimNoteOf(
  id: string,
  { steps, kind, owner }: KnownClaim,
  { stepsEach }: KnownClaim['parts'][number],
): ClaimNote {
  return [id, steps, kind, owner, stepsEach];
}

/** Finds the noted claims on a position; whatever was not noted concerns others. */
export function readClaimNotes(note: string, position: { readonly sku: string; readonly location: string }): FindClaim {
  const claims = new Map<string, KnownClaim>();
  for (const [id, steps, kind, owner, stepsEach] of note === '' ? [] : (JSON.parse(note) as readonly ClaimNote[])) {
    const { parts = [] } = claims.get(id) ?? {};
    claims.set(id, { steps, kind, owner, parts: [...parts, { ...position, stepsEach }] });
  }
  return (id) => claims.get(id) ?? ELSEWHERE;
}

const ELSEWHERE: KnownClaim = { kind: '', owner: null, steps: 0, parts: [] };
