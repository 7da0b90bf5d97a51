import { parseAs } from '../../kernel/model/json-schema.ts';
import { confirmTax, type ConfirmTax } from '../../schema/commands/outbound-taxes.ts';
import type { CommandHandlers } from '../runtime/command-handler.ts';
import type { TaxSystem } from './port.ts';

/** What a tax system does when its queue says so, whatever its vendor. It knows a repetition by the key. */
export function taxHandlers(tax: TaxSystem): CommandHandlers {
  return {
    [confirmTax.name]: {
      perform: (told, { key }) =>
        tax.confirm({ idempotencyKey: key, ...parseAs<ConfirmTax>(confirmTax.request, told, confirmTax.name) }),
    },
  };
}
