import { parseAs } from '../../kernel/model/json-schema.ts';
import { recordStock, type RecordStock } from '../../schema/commands/outbound-stock.ts';
import type { CommandHandlers } from '../runtime/command-handler.ts';
import type { PosStock } from './stock-port.ts';

/** What a POS does with its stock when its queue says so, whatever its vendor. Its port knows a repetition by the key. */
export function stockHandlers(stock: PosStock): CommandHandlers {
  return {
    [recordStock.name]: {
      perform: async (payload, { key }) => {
        const { changes } = parseAs<RecordStock>(recordStock.request, payload, recordStock.name);
        await stock.recordStock({ idempotencyKey: key, changes });
        return {};
      },
    },
  };
}
