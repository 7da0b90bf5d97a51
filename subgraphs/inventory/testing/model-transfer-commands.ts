import fc from 'fast-check';
import { command, expectOutcome, lineOf, maybe, nth, nthOf, sku, tell, telling } from './model-command.ts';
import type { LedgerBench } from './ledger-bench.ts';
import type { LedgerModel } from './ledger-model.ts';
import { statusOf, type ModelLeg, type ModelTransfer } from './model-transfers.ts';

const few = fc.integer({ min: 1, max: 4 });
const moved = fc.array(fc.record({ sku, units: few }), { minLength: 1, maxLength: 3 });
const aheadMs = maybe(fc.constantFrom(60_000, 3_600_000));
const ends = fc.constantFrom(['L0', 'L1'], ['L1', 'L0'], ['L0', 'L2'], ['L2', 'L1'], ['L1', 'L1'] as const);

const textOf = (atMs: number): string => new Date(atMs).toISOString();
const quantities = (lines: readonly { readonly sku: string; readonly units: number }[]) =>
  lines.map((line) => ({ sku: line.sku, quantity: String(line.units) }));

interface Both {
  readonly model: LedgerModel;
  readonly bench: LedgerBench;
}

const request = command(
  'requestTransfer',
  fc.record({ ends, lines: moved, inMs: aheadMs, isApproved: fc.boolean() }),
  (asked, model, bench) => {
    const [from, to] = asked.ends;
    const expectedAtMs = asked.inMs === undefined ? undefined : bench.clock.nowMs() + asked.inMs;
    const wanted = { from, to, lines: quantities(asked.lines) };
    const expected = expectedAtMs === undefined ? {} : { expectedAt: textOf(expectedAtMs) };
    const outcome = bench.do({
      type: 'change-transfer',
      request: { action: 'REQUEST', commandId: 'q', ...wanted, ...expected },
    });
    expectOutcome(from !== to, outcome.code, 'requestTransfer');
    if (outcome.code !== undefined) return;
    const lines = asked.lines.map((line, index) => {
      return { line: String(index), sku: line.sku, asked: line.units, shipped: 0, received: 0, lost: 0 };
    });
    const made: ModelTransfer = { id: outcome.answer.transfer, from, to, phase: 'DRAFT', expectedAtMs, lines };
    model.transfers.all.push(made);
    if (asked.isApproved) advanceBoth({ model, bench }, made, 'APPROVE');
  },
);

const advance = command(
  'advanceTransfer',
  fc.record({ nth, action: fc.constantFrom('APPROVE', 'STAGE', 'STAGE', 'CANCEL') }),
  (asked, model, bench) => {
    const found = nthOf(openOf(model), asked.nth);
    if (found) advanceBoth({ model, bench }, found, asked.action);
  },
);

function advanceBoth({ model, bench }: Both, found: ModelTransfer, action: 'APPROVE' | 'STAGE' | 'CANCEL'): void {
  const isAccepted = {
    APPROVE: () => model.transfers.mayApprove(found),
    STAGE: () => model.transfers.mayStage(found),
    CANCEL: () => model.transfers.mayCancel(found),
  }[action]();
  const { code } = bench.do({ type: 'change-transfer', request: { action, commandId: 'a', transfer: found.id } });
  expectOutcome(isAccepted, code, action);
  if (!isAccepted) return;
  if (action === 'APPROVE') model.transfers.approve(found);
  if (action === 'STAGE') model.transfers.stage(found);
  if (action === 'CANCEL') model.transfers.cancel(found);
}

/** Those with something still to do, and one that has ended. */
function openOf(model: LedgerModel): readonly ModelTransfer[] {
  const isOver = (transfer: ModelTransfer): boolean => ['RECEIVED', 'CANCELLED'].includes(statusOf(transfer));
  const [ended] = model.transfers.all.filter(isOver);
  return [...model.transfers.all.filter((transfer) => !isOver(transfer)), ...(ended ? [ended] : [])];
}

/** What was requested, as it was requested. */
const asAsked = ({ lines }: ModelTransfer) => lines.map((line) => ({ sku: line.sku, units: Math.max(1, line.asked) }));

const leg = fc.constantFrom<ModelLeg>('SHIP', 'RECEIVE', 'LOSE');

const moveByPerson = command(
  'moveTransfer',
  fc.record({ nth, leg: maybe(leg), lines: maybe(moved), isFinal: fc.boolean(), inMs: aheadMs, commandId: fc.uuid() }),
  (asked, model, bench) => {
    const found = nthOf(openOf(model), asked.nth);
    if (!found) return;
    const occurredAtMs = bench.clock.nowMs();
    const lines = asked.lines ?? asAsked(found);
    const way = asked.leg ?? (found.lines.some((line) => line.shipped > line.received) ? 'RECEIVE' : 'SHIP');
    const isAccepted = model.transfers.mayMove(found, way, lines);
    const expectedAtMs = asked.inMs === undefined ? undefined : occurredAtMs + asked.inMs;
    const ofShipment = {
      isFinal: asked.isFinal,
      ...(expectedAtMs !== undefined && { expectedAt: textOf(expectedAtMs) }),
    };
    const { code } = bench.do({
      type: 'change-transfer',
      request: {
        action: way,
        commandId: asked.commandId,
        transfer: found.id,
        occurredAt: textOf(occurredAtMs),
        lines: quantities(lines),
        ...(way === 'SHIP' && ofShipment),
      },
    });
    expectOutcome(isAccepted, code, way);
    if (!isAccepted) return;
    for (const line of lines) model.transfers.move(found, way, { ...line, occurredAtMs });
    if (way !== 'SHIP') return;
    found.expectedAtMs = expectedAtMs ?? found.expectedAtMs;
    if (asked.isFinal) model.transfers.cancel(found);
  },
);

const FACT_OF_LEG = { SHIP: 'transfer-shipped', RECEIVE: 'transfer-received', LOSE: 'transfer-lost' } as const;

/** As systems tell it: of transfers that nobody requested, too, late, and the receipt before the shipment. */
const moveByFact = command(
  'tellTransfer',
  fc.record({ ...telling, nth, leg, sku, units: few, isFinal: fc.boolean() }),
  (told, model, bench) => {
    const known: ModelTransfer | undefined = told.nth < 20 ? nthOf(model.transfers.all, told.nth) : undefined;
    const unasked = { id: `unasked-${told.nth % 3}`, from: undefined, to: 'L1', phase: 'DRAFT' } as const;
    const found = known ?? model.transfers.find(unasked.id) ?? { ...unasked, expectedAtMs: undefined, lines: [] };
    const from = found.from ?? 'L0';
    const ends = told.leg === 'SHIP' ? { location: from, to: found.to, isFinal: told.isFinal } : { location: found.to };
    const data = { transfer: found.id, ...ends, lines: [lineOf(told)] };
    const occurredAtMs = tell({ model, bench, told }, FACT_OF_LEG[told.leg], data);
    if (occurredAtMs === undefined) return;
    if (!model.transfers.find(found.id)) model.transfers.all.push(found);
    if (told.leg === 'SHIP') found.from = from;
    model.transfers.move(found, told.leg, { sku: told.sku, units: told.units, occurredAtMs });
    if (told.leg === 'SHIP' && told.isFinal) model.transfers.cancel(found);
  },
);

export const TRANSFER_COMMANDS = [request, advance, moveByPerson, moveByPerson, moveByFact];
