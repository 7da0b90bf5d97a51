import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Rpc } from '../../../kernel/ports/rpc.ts';
import type { CommandDefinition, ReplyOf, RequestOf } from '../../../schema/commands/command-definition.ts';
import {
  describeSale,
  matchSale,
  registerCharge,
  registerRefund,
  registerReturn,
} from '../../../schema/commands/orders.ts';
import { rpcSubjectOf } from '../../../schema/events/subjects.ts';
import type { Cause } from './cause.ts';
import { describeSale as answerDescribeSale } from './describe-sale.ts';
import { matchSale as answerMatchSale } from './match-sale.ts';
import type { OrdersServices } from './orders-services.ts';
import { registerCharge as doRegisterCharge } from './register-charge.ts';
import { registerRefund as doRegisterRefund } from './register-refund.ts';
import { registerReturn as doRegisterReturn } from './register-return.ts';

/** Serves the commands and questions that other contexts have for orders. @returns stops serving */
export function serveCommands(rpc: Rpc, services: OrdersServices): () => void {
  const stops = [
    serve(rpc, describeSale, (request) => answerDescribeSale(services, request)),
    serve(rpc, matchSale, (request) => answerMatchSale(services, request)),
    serve(rpc, registerReturn, (request, cause) => doRegisterReturn(services, request, cause)),
    serve(rpc, registerRefund, (request, cause) => doRegisterRefund(services, request, cause)),
    serve(rpc, registerCharge, (request, cause) => doRegisterCharge(services, request, cause)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function serve<Definition extends CommandDefinition>(
  rpc: Rpc,
  definition: Definition,
  handle: (request: RequestOf<Definition>, cause: Cause) => Promise<ReplyOf<Definition>>,
): () => void {
  return rpc.serve(rpcSubjectOf(definition.context, definition.name), ({ payload, correlationId }) => {
    const request = parseAs<RequestOf<Definition>>(definition.request, payload, definition.name);
    return handle(request, { correlationId });
  });
}
