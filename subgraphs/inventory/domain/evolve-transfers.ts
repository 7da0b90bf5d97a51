import { NONE } from './bucket.ts';
import { indexTransfer } from './evolve-supply.ts';
import type { LedgerState } from './ledger-state.ts';
import type { RequestedTransferLine, TransferEvent } from './transfer-event.ts';
import { withinReach, type Transfer, type TransferLine } from './transfer.ts';

type MovedFigure = 'shipped' | 'received' | 'lost';

export function evolveTransfer(state: LedgerState, event: TransferEvent, seq: number): void {
  const moment = { seq, atMs: event.atMs };
  if (event.type === 'transfer-requested') return state.transfers.set(requested(state, event));
  const transfer = state.transfers.get(event.transfer);
  if (!transfer) return;
  const after = changed(state, transfer, event);
  const next = after.order ? { ...after, lines: after.lines.map((line) => withinReach(after, line)) } : after;
  state.transfers.set(next);
  indexTransfer(state, next, moment);
}

function requested(state: LedgerState, event: Extract<TransferEvent, { type: 'transfer-requested' }>): Transfer {
  return {
    id: event.transfer,
    from: event.from === undefined ? NONE : state.locationIds.intern(event.from),
    to: state.locationIds.intern(event.to),
    phase: 'DRAFT',
    isInferred: event.isInferred === true,
    requestedAtMs: event.atMs,
    expectedAtMs: event.expectedAtMs,
    lines: event.lines.map(({ line, sku, steps }) => ({
      ...lineOf(state, line, sku, steps),
      ...(event.order && { wanted: steps }),
    })),
    ...(event.order && { order: event.order }),
  };
}

function changed(
  state: LedgerState,
  transfer: Transfer,
  event: Exclude<TransferEvent, { type: 'transfer-requested' }>,
): Transfer {
  switch (event.type) {
    case 'transfer-approved':
      return { ...transfer, phase: 'APPROVED' };
    case 'transfer-staged':
      return { ...transfer, phase: 'READY' };
    case 'transfer-cancelled':
      return { ...transfer, phase: 'CANCELLED' };
    case 'transfer-shipped': {
      const { expectedAtMs = transfer.expectedAtMs, lines } = event;
      const from = state.locationIds.intern(event.from);
      return { ...transfer, from, expectedAtMs, lines: moved(state, transfer, { figure: 'shipped', sign: 1, lines }) };
    }
    case 'transfer-received':
      return { ...transfer, lines: moved(state, transfer, { figure: 'received', sign: 1, lines: event.lines }) };
    case 'transfer-lost':
      return { ...transfer, lines: moved(state, transfer, { figure: 'lost', sign: 1, lines: event.lines }) };
    case 'transfer-bound':
      return withLines(transfer, event.lines, (line, { steps }) => {
        return { ...line, wanted: (line.wanted ?? 0) - steps, bound: (line.bound ?? 0) + steps };
      });
    case 'transfer-given-up':
      return withLines(transfer, event.lines, (line, { steps, unasked }) => {
        return { ...line, wanted: (line.wanted ?? 0) - steps, asked: line.asked - unasked };
      });
    case 'transfer-found':
      return { ...transfer, lines: moved(state, transfer, { figure: 'lost', sign: -1, lines: event.lines }) };
  }
}

function withLines<Told extends RequestedTransferLine>(
  transfer: Transfer,
  told: readonly Told[],
  change: (line: TransferLine, told: Told) => TransferLine,
): Transfer {
  const lines = transfer.lines.map((line) => {
    const about = told.find((each) => each.line === line.line);
    return about ? change(line, about) : line;
  });
  return { ...transfer, lines };
}

function moved(
  state: LedgerState,
  transfer: Transfer,
  told: { readonly figure: MovedFigure; readonly sign: 1 | -1; readonly lines: readonly RequestedTransferLine[] },
): readonly TransferLine[] {
  const lines = new Map(transfer.lines.map((line) => [line.line, line]));
  for (const { line: id, sku, steps } of told.lines) {
    const line = lines.get(id) ?? lineOf(state, id, sku, 0);
    lines.set(id, { ...line, [told.figure]: line[told.figure] + told.sign * steps });
  }
  return [...lines.values()];
}

function lineOf(state: LedgerState, line: string, sku: string, asked: number): TransferLine {
  return { line, sku: state.skuIds.intern(sku), asked, shipped: 0, received: 0, lost: 0 };
}
