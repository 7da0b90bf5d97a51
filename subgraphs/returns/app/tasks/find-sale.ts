import { isRefusal, toRefusal } from '../../../../kernel/model/errors.ts';
import { describeSale, matchSale } from '../../../../schema/commands/orders.ts';
import { allocateToSale, attachSale, stayBlind, type Allocation } from '../../domain/attach-sale.ts';
import { quantityOf } from '../../domain/change-lines.ts';
import { claimedByOthers, setClaim, stepsClaimedBy } from '../../domain/order-claims.ts';
import type { ReturnState } from '../../domain/return-state.ts';
import type { Sale } from '../../domain/sale.ts';
import { changeClaims } from '../change-claims.ts';
import type { ReturnsParts } from '../returns-parts.ts';
import { sendCommand } from '../send-command.ts';
import { isLastAnswer, type TaskPerformer, type TaskRun } from './task-outcome.ts';

/** The limit of the question `match-sale`; a longer return is matched by what it names alone. */
const MATCH_LINES_MAX = 500;

/**
 * Finds the sale that goods belong to: the one that the return names, else the newest one of the customer that fits.
 * The sale may reach orders later than its return reaches us, so it is looked for more than once.
 */
export const findSale: TaskPerformer<'FIND_SALE'> = async (run) => {
  const { parts, state, task } = run;
  const found = await askForSale(parts, state);
  if (!found || found.currency !== state.currency) {
    if (!isLastAnswer(task, parts.limits.saleAnswersMax)) return { status: 'NOT_YET', reason: 'No sale was found.' };
    return { status: 'DONE', change: stayBlind(state), isDecision: true };
  }
  const attached = await claimUnitsOf(run, found.order);
  const change = attached ? attachSale(state, { ...attached, nowMs: parts.platform.clock.nowMs() }) : stayBlind(state);
  return { status: 'DONE', change, isDecision: true };
};

async function askForSale(parts: ReturnsParts, state: ReturnState): Promise<Sale | null> {
  const { origin, customer, correlationId, lines } = state;
  if (origin?.original) {
    return (await sendCommand(parts, describeSale, { request: { ...origin.original }, correlationId })).sale;
  }
  if (customer === null || lines.length === 0 || lines.length > MATCH_LINES_MAX) return null;
  const request = {
    customer,
    before: new Date(state.openedAtMs).toISOString(),
    lines: lines.map((line) => ({ sku: line.sku, quantity: quantityOf(line) })),
    ...(origin && { channel: origin.channel }),
  };
  return (await sendCommand(parts, matchSale, { request, correlationId })).sale;
}

interface AttachedSale {
  readonly sale: Sale;
  readonly allocation: Allocation;
}

/** Units that came back are claimed like units that were asked for, so that together they never exceed what was sold. */
async function claimUnitsOf(run: TaskRun<'FIND_SALE'>, order: string): Promise<AttachedSale | undefined> {
  const { parts, state, version } = run;
  const { clock, ids } = parts.platform;
  const outcome = await changeClaims<AttachedSale | undefined>(parts, order, async (current) => {
    const { correlationId } = state;
    const { sale } = await sendCommand(parts, describeSale, { request: { order }, correlationId });
    if (!sale) return { claims: current, result: undefined };
    const claimed = claimedByOthers(current, state.id);
    const allocation = allocateToSale(state.lines, { sale, claimed, nextId: () => ids.next() });
    const steps = stepsClaimedBy({ ...state, lines: allocation.lines });
    const claim = { returnId: state.id, version, nowMs: clock.nowMs(), steps };
    return { claims: setClaim(current, claim), result: { sale, allocation } };
  });
  if (isRefusal(outcome)) throw toRefusal(outcome);
  return outcome;
}
