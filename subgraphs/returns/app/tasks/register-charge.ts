import { invariant, Refusal } from '../../../../kernel/model/errors.ts';
import { registerCharge as command } from '../../../../schema/commands/orders.ts';
import { sendCommand } from '../send-command.ts';
import { unchanged, type TaskPerformer } from './task-outcome.ts';

/** Tells the order of money that the customer has paid, so that it may be given back again. */
export const registerCharge: TaskPerformer<'REGISTER_CHARGE'> = async ({ parts, state, task }) => {
  const charge = state.charges?.find(({ id }) => id === task.charge);
  invariant(charge && state.order !== null, 'A charge is registered with the order of its return.', { task: task.id });
  const { currencyCode } = charge.amount;
  const amount = { amountMinor: charge.amount.amountMinor - charge.offsetMinor, currencyCode };
  const { order, correlationId } = state;
  try {
    const request = { commandId: task.id, order, return: state.id, amount, tender: task.tender };
    await sendCommand(parts, command, { request, correlationId });
    return { status: 'DONE', change: unchanged(state) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message } = error;
    return { status: 'REFUSED', code, message, change: unchanged(state) };
  }
};
