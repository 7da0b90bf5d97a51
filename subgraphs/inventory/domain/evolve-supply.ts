import { touchPosition, type ChangeMoment } from './change-position.ts';
import type { DatedSupply } from './dated-supply.ts';
import type { LedgerEventOf } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { inTransitOf, promisedOf, type Transfer } from './transfer.ts';

interface Position {
  readonly sku: number;
  readonly location: number;
}

export function evolveSupplyStated(state: LedgerState, event: LedgerEventOf<'supply-stated'>, seq: number): void {
  const { atMs, document, statedAtMs } = event;
  const location = state.locationIds.intern(event.location);
  for (const { line, sku: id, steps: ordered, expectedAtMs } of event.lines) {
    const sku = state.skuIds.intern(id);
    const former = state.supplyBook.lineOf(document, line);
    state.supplyBook.state(document, { line, sku, location, ordered, expectedAtMs, statedAtMs });
    for (const position of former ? [former, { sku, location }] : [{ sku, location }]) {
      indexDocument(state, document, position, { seq, atMs });
    }
  }
}

/** A receipt from a supplier takes off what its document announced. */
export function evolveSupplyReceived(state: LedgerState, event: LedgerEventOf<'stock-moved'>, seq: number): void {
  if (event.kind !== 'RECEIPT' || event.document === undefined) return;
  for (const { sku: id, steps, from, to } of event.lines) {
    if (!('virtual' in from) || from.virtual !== 'SUPPLIER' || 'virtual' in to) continue;
    const position = { sku: state.skuIds.intern(id), location: state.locationIds.intern(to.location) };
    const isAnnounced = state.supplyBook.has(event.document);
    state.supplyBook.receive(event.document, { ...position, steps });
    if (isAnnounced) indexDocument(state, event.document, position, { seq, atMs: event.atMs });
  }
}

export function indexTransfer(state: LedgerState, transfer: Transfer, moment: ChangeMoment): void {
  const { id: document, to: location, expectedAtMs, lines } = transfer;
  for (const sku of new Set(lines.map((line) => line.sku))) {
    touchPosition(state, { sku, location }, moment);
    state.supply.replace({ kind: 'IN_TRANSIT', document, sku, location }, broughtByTransfer(lines, sku, expectedAtMs));
  }
}

function broughtByTransfer(
  lines: Transfer['lines'],
  sku: number,
  expectedAtMs: number | null,
): readonly Pick<DatedSupply, 'steps' | 'expectedAtMs' | 'promised'>[] {
  const ofSku = lines.filter((line) => line.sku === sku);
  const steps = ofSku.reduce((sum, line) => sum + inTransitOf(line), 0);
  const promised = ofSku.reduce((sum, line) => sum + promisedOf(line), 0);
  return steps > 0 ? [{ steps, expectedAtMs, ...(promised > 0 && { promised }) }] : [];
}

function indexDocument(state: LedgerState, document: string, { sku, location }: Position, moment: ChangeMoment): void {
  touchPosition(state, { sku, location }, moment);
  state.supply.replace({ kind: 'ON_ORDER', document, sku, location }, broughtBy(state, document, { sku, location }));
}

function broughtBy(
  { supplyBook }: Pick<LedgerState, 'supplyBook'>,
  document: string,
  position: Position,
): readonly Pick<DatedSupply, 'steps' | 'expectedAtMs'>[] {
  return supplyBook.openAt(document, position).map(({ ordered: steps, expectedAtMs }) => ({ steps, expectedAtMs }));
}

/** The index follows from the books, so it is not saved with them. */
export function rebuildSupply(state: LedgerState): void {
  const { supplyBook, transfers, supply } = state;
  for (const document of supplyBook.openDocuments()) {
    for (const position of supplyBook.positionsOf(document)) {
      supply.replace({ kind: 'ON_ORDER', document, ...position }, broughtBy(state, document, position));
    }
  }
  for (const { id: document, to: location, expectedAtMs, lines } of transfers.all()) {
    for (const sku of new Set(lines.map((line) => line.sku))) {
      const brought = broughtByTransfer(lines, sku, expectedAtMs);
      if (brought.length > 0) supply.replace({ kind: 'IN_TRANSIT', document, sku, location }, brought);
    }
  }
}
