import { locationId, skuId } from '../../../kernel/model/codes.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { positionOf } from '../app/position-query.ts';
import { assertStore } from './access.ts';
import { commandIdOf } from './access.ts';
import { readUnits } from './read-units.ts';
import type { DisposeStockLineInput, MutationResolvers } from './resolvers.generated.ts';

const LINES_MAX = 500;

export const disposeStockResolvers: Pick<MutationResolvers, 'disposeStock'> = {
  async disposeStock(_parent, { input }, { ledger, identity }) {
    const location = locationId(input.location);
    assertStore(identity, location);
    const commandId = commandIdOf(identity, input.idempotencyKey);
    const lines = readLines(input.lines);
    const request = { commandId, location, occurredAt: input.occurredAt, lines };
    await ledger.execute({ type: 'dispose-stock', request }, { commandId });
    const positions = await ledger.read((state, seq) =>
      lines.map(({ sku }) => positionOf(state, { sku, location }, seq)),
    );
    // A kit has components instead of a position.
    return { positions: positions.filter((position) => position !== null), changeCursor: ledger.cursor };
  },
};

function readLines(lines: readonly DisposeStockLineInput[]) {
  if (lines.length === 0 || lines.length > LINES_MAX) {
    throw new Refusal('BAD_USER_INPUT', `lines must be 1 to ${LINES_MAX}.`, { field: 'lines', max: LINES_MAX });
  }
  return lines.map(({ sku, from, quantity, to, reason, ...units }) => {
    const { serials, ...told } = readUnits(units);
    const line = { quantity, to, reason, ...told, ...(serials && { serials: [...serials] }) };
    if (from !== 'SELLABLE') return { ...line, from, sku: skuId(sku) };
    throw new Refusal('BAD_USER_INPUT', 'What is fit for sale is not held.', { field: 'from' });
  });
}
