import { Refusal } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { describeSale } from '../../../schema/commands/orders.ts';
import { handleReturn, type ReturnOutcome } from './handle-return.ts';
import { mayReturn, maySee, unknownReturn } from './return-access.ts';
import type { ReturnsParts } from './returns-parts.ts';
import { sendCommand } from './send-command.ts';

/**
 * The customer gets another order instead: each has its own money, and the return names it.
 * @throws {Refusal} UNKNOWN_RETURN, UNKNOWN_ORDER, ILLEGAL_TRANSITION when it names another order already
 * @throws {Obstacle} CONTEXT_UNAVAILABLE while orders do not answer
 */
export async function linkExchange(
  parts: ReturnsParts,
  identity: Identity,
  { id, order }: { readonly id: string; readonly order: string },
): Promise<ReturnOutcome> {
  const known = await parts.store.returns.get(id);
  if (!known || !maySee(identity, known.document)) throw unknownReturn(id);
  const { correlationId, customer } = known.document;
  const { sale } = await sendCommand(parts, describeSale, { request: { order }, correlationId });
  const isOfCustomer = customer === null || sale?.customer === customer;
  if (!sale || !mayReturn(identity, sale) || !isOfCustomer || sale.order === known.document.order) {
    throw new Refusal('UNKNOWN_ORDER', `There is no order ${order} that this return may be exchanged for.`, { order });
  }
  return handleReturn(parts, { identity, id }, (state) => {
    if (state.exchange === sale.order) return { state, steps: [] };
    if (state.exchange !== undefined) {
      throw new Refusal('ILLEGAL_TRANSITION', 'The return is exchanged for another order already.', {
        exchange: state.exchange,
      });
    }
    return { state: { ...state, exchange: sale.order }, steps: [] };
  });
}
