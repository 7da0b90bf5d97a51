import { parseAs } from '../../kernel/model/json-schema.ts';
import { postSales, type PostSales } from '../../schema/commands/sales.ts';
import type { CommandHandlers } from '../runtime/command-handler.ts';
import type { SalesLedger } from './sales-ledger.ts';

/** What an ERP does with sales when its queue says so. The ledger knows a repetition by what names the batch. */
export function salesHandlers(sales: SalesLedger): CommandHandlers {
  return {
    [postSales.name]: {
      perform: (payload) => sales.post(parseAs<PostSales>(postSales.request, payload, postSales.name)),
    },
  };
}
