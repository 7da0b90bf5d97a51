import { DomainError } from '../../kernel/model/errors.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import type { Rpc } from '../../kernel/ports/rpc.ts';
import { changesSinceOf } from '../../schema/commands/change-log.ts';
import type { ChangesSinceReply, ChangesSinceRequest } from '../../schema/commands/change-log.ts';
import { reserveStock } from '../../schema/commands/inventory.ts';
import type { ReserveStock } from '../../schema/commands/inventory.ts';
import { availabilityChanged } from '../../schema/events/inventory.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import { CHANNEL_ID } from './reserver.ts';
import type { Reserver } from './reserver.ts';

const TIMEOUT_MS = 30_000;

/** Reserves by the command that other contexts send. */
export function commandReserver({ rpc, ids }: { readonly rpc: Pick<Rpc, 'request'>; readonly ids: Ids }): Reserver {
  const reserveSubject = rpcSubjectOf(reserveStock.context, reserveStock.name);
  const changesSubject = rpcSubjectOf('inventory', changesSinceOf('inventory').name);
  return {
    reserve: async (skus) => {
      const commandId = ids.next();
      const request: ReserveStock = {
        commandId,
        kind: 'ORDER',
        channel: CHANNEL_ID,
        lines: skus.map((sku, index) => ({ lineRef: String(index), sku, quantity: '1' })),
      };
      try {
        await rpc.request(reserveSubject, request, { timeoutMs: TIMEOUT_MS, correlationId: commandId });
        return true;
      } catch (error) {
        if (error instanceof DomainError && error.code === 'INSUFFICIENT_STOCK') return false;
        throw error;
      }
    },
    available: async () => {
      const request: ChangesSinceRequest = { event: availabilityChanged.type, filter: { channel: [CHANNEL_ID] } };
      const options = { timeoutMs: TIMEOUT_MS, correlationId: ids.next() };
      const { records } = (await rpc.request(changesSubject, request, options)) as ChangesSinceReply;
      return new Map(records.map(({ value }) => [String(value['sku']), Number(value['available'])]));
    },
  };
}
