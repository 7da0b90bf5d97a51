import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { ReplyOf, RequestOf } from '../../../schema/commands/command-definition.ts';
import { eraseCustomer } from '../../../schema/commands/erasure.ts';
import { rpcSubjectOf } from '../../../schema/events/subjects.ts';
import { hasEnded, withoutCustomer } from '../domain/without-customer.ts';
import type { ReturnState } from '../domain/return-state.ts';
import type { ReturnsParts } from './returns-parts.ts';
import { changeReturn } from './save-return.ts';

type Request = RequestOf<typeof eraseCustomer>;

/** Returns that are looked up at a time. */
const PAGE = 100;

/** Serves the erasure of customers. @returns stops serving */
export function serveErasure(parts: ReturnsParts): () => void {
  const { context, name, request } = eraseCustomer;
  return parts.platform.rpc.serve(rpcSubjectOf(context, name), ({ payload }) =>
    eraseReturns(parts, parseAs<Request>(request, payload, name)),
  );
}

/** Takes a customer out of the returns that have ended, found by the customer or by their orders. */
async function eraseReturns(parts: ReturnsParts, asked: Request): Promise<ReplyOf<typeof eraseCustomer>> {
  let [erased, open] = [0, 0];
  for await (const { id, customer } of returnsOf(parts, asked)) {
    if (customer === asked.pseudonym) continue;
    const after = await changeReturn(parts, id, (state) => {
      return { state: hasEnded(state) ? withoutCustomer(state, asked.pseudonym) : state, steps: [] };
    });
    if (after && !hasEnded(after.document)) open++;
    else erased++;
  }
  return { erased, open };
}

async function* returnsOf(parts: ReturnsParts, { customer, orders }: Request): AsyncGenerator<ReturnState> {
  for (const order of orders) yield* found(parts, { path: 'order', value: order });
  if (customer !== null) yield* found(parts, { path: 'customer', value: customer });
}

async function* found(
  { store }: ReturnsParts,
  { path, value }: { readonly path: 'order' | 'customer'; readonly value: string },
): AsyncGenerator<ReturnState> {
  let after: { readonly id: string; readonly value: number } | undefined;
  do {
    const page = await store.returns.find({
      where: { [path]: { eq: value } },
      orderBy: { path: 'openedAtMs', direction: 'asc' },
      ...(after && { after }),
      limit: PAGE,
    });
    for (const { document } of page) yield document;
    const last = page.length === PAGE ? page.at(-1)?.document : undefined;
    after = last && { id: last.id, value: last.openedAtMs };
  } while (after);
}
