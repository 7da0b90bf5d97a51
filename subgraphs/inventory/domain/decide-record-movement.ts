import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { RecordMovement } from '../../../schema/commands/inventory.ts';
import { decideRecordFact } from './decide-record-fact.ts';
import { NOTHING, type Decision, type DecisionMoment } from './decision.ts';
import { stepsOfSerial } from './evolve-tracked-stock.ts';
import type { LedgerState } from './ledger-state.ts';
import { readLine } from './read-line.ts';
import type { StockFact } from './stock-fact.ts';

/** The name under which the hub's own users tell facts. */
export const HUB_SYSTEM = 'hub';

/** A fact from a person: as true as one from a system, but all lines or none, because somebody waits for the answer. */
export function decideRecordMovement(
  state: LedgerState,
  request: RecordMovement,
  moment: DecisionMoment,
): Decision<'record-movement'> {
  const refusal = findObjection(state, request);
  if (refusal) return refusal;
  const decided = decideRecordFact(state, factOf(request), moment);
  if (!('answer' in decided)) return decided;
  const [parked] = decided.answer.parked;
  if (parked) return refuse(parked.code, parked.message, { documentLine: lineAt(request, parked.lineId) });
  return { events: decided.events, answer: NOTHING };
}

/** Whoever names serials names one for each unit; what a person cannot name is as unknown as in any other fact. */
function findObjection(state: LedgerState, { lines }: RecordMovement): RefusalValue | undefined {
  for (const { documentLine, serials = [], ...line } of lines) {
    const read = readLine(state, line);
    if (isRefusal(read) || serials.length === 0 || state.skus[read.sku]?.tracking !== 'SERIAL') continue;
    if (new Set(serials).size * stepsOfSerial(state, read.sku) === read.steps) continue;
    const message = `${new Set(serials).size} serial numbers do not go with ${line.quantity} of ${line.sku}.`;
    return refuse('BAD_USER_INPUT', message, { field: 'serials', documentLine, sku: line.sku });
  }
  return undefined;
}

function factOf(request: RecordMovement): StockFact {
  const { kind, document, location } = request;
  const told = {
    source: { system: HUB_SYSTEM, eventId: request.commandId },
    occurredAtMs: Date.parse(request.occurredAt),
  };
  const lines = request.lines.map((line, index) => ({ lineId: String(index), ...line }));
  if (kind === 'RETURN_RECEIPT') {
    const returned = lines.map(({ documentLine: returnLine, ...line }) => ({ ...line, returnLine }));
    return { ...told, type: 'announced-return-received', data: { return: document, location, lines: returned } };
  }
  const work = lines.map(({ documentLine: orderLine, ...line }) => ({ ...line, orderLine }));
  return { ...told, type: FACT_OF[kind], data: { order: document, location, lines: work } };
}

const FACT_OF = { PICK: 'pick-recorded', SHIP: 'shipment-recorded', SHORT_PICK: 'short-pick-recorded' } as const;

function lineAt(request: RecordMovement, lineId: string): string | undefined {
  return request.lines[Number(lineId)]?.documentLine;
}
