import { Type, type Static } from '@sinclair/typebox';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import type { RecordId, TrytonApi } from '../../systems/tryton/tryton-api.ts';
import { wireDate } from '../../systems/tryton/wire-values.ts';

const OUT = 'stock.shipment.out';
const BACK = 'stock.shipment.out.return';
const Row = Type.Object({ id: Type.Integer(), state: Type.String() });

/** The shipments of a sale. */
export interface SaleGoods {
  readonly out: readonly RecordId[];
  readonly back: readonly RecordId[];
}

interface Posting {
  /** By which its echo is known. */
  readonly reference: string;
  readonly businessDay: string;
}

/**
 * Lets the goods of a sale leave, and those that came back arrive, on its business day. They have done so already: what is
 * missing in Tryton's stock is forced.
 * @throws {UpstreamUnavailable} when a shipment is not done afterwards: a button that a state does not allow says nothing
 */
export async function moveGoods(api: TrytonApi, { out, back }: SaleGoods, posting: Posting): Promise<void> {
  for (const id of out) await shipOne(api, id, posting);
  for (const id of back) await receiveOne(api, id, posting);
}

async function shipOne(api: TrytonApi, id: RecordId, posting: Posting): Promise<void> {
  if ((await stateOf(api, OUT, id)) === 'done') return;
  await mark(api, OUT, { id, ...posting });
  await api.press(OUT, 'assign_try', [id]);
  if ((await stateOf(api, OUT, id)) === 'waiting') await api.press(OUT, 'assign_force', [id]);
  for (const button of ['pick', 'pack', 'done']) await api.press(OUT, button, [id]);
  await assertDone(api, OUT, id);
}

async function receiveOne(api: TrytonApi, id: RecordId, posting: Posting): Promise<void> {
  if ((await stateOf(api, BACK, id)) === 'done') return;
  await mark(api, BACK, { id, ...posting });
  for (const button of ['receive', 'done']) await api.press(BACK, button, [id]);
  await assertDone(api, BACK, id);
}

/** Before it is done, so that nobody ever sees it done without. */
async function mark(
  api: TrytonApi,
  model: string,
  { id, reference, businessDay }: Posting & { readonly id: RecordId },
): Promise<void> {
  const values = { reference, effective_date: wireDate(businessDay) };
  await api.call({ method: `model.${model}.write`, params: [[id], values], isIdempotent: true });
}

async function assertDone(api: TrytonApi, model: string, id: RecordId): Promise<void> {
  const state = await stateOf(api, model, id);
  if (state === 'done') return;
  throw new UpstreamUnavailable(api.system, { words: `The ${model} ${id} is ${state} and not done.` });
}

async function stateOf(api: TrytonApi, model: string, id: RecordId): Promise<string> {
  const asked = { domain: [['id', '=', id]], fields: ['state'] };
  const rows: readonly Static<typeof Row>[] = await api.search(model, asked, Row);
  return rows[0]?.state ?? 'gone';
}
