import { parseAs } from '../../kernel/model/json-schema.ts';
import {
  capturePayment,
  refundPayment,
  voidPayment,
  type PaymentCommand,
  type PaymentCommandDone,
} from '../../schema/commands/outbound-payments.ts';
import type { CommandHandler, CommandHandlers } from '../runtime/command-handler.ts';
import type { PaymentOperation, PaymentProvider } from './port.ts';

/** What a payment provider does when its queue says so, whatever its vendor. It knows a repetition by the key. */
export function paymentHandlers(provider: PaymentProvider): CommandHandlers {
  return {
    [capturePayment.name]: handler((operation) => provider.capture(operation)),
    [voidPayment.name]: handler((operation) => provider.void(operation)),
    [refundPayment.name]: handler((operation) => provider.refund(operation)),
  };
}

function handler(perform: (operation: PaymentOperation) => Promise<PaymentCommandDone>): CommandHandler {
  return {
    perform: (told, { key }) => {
      const { payment, amount } = parseAs<PaymentCommand>(capturePayment.request, told, 'payment command');
      return perform({ idempotencyKey: key, payment, amount });
    },
  };
}
