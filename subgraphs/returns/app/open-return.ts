import { DocumentConflict, UniqueViolation } from '../../../kernel/ports/document-errors.ts';
import { unitWorth } from '../domain/line-worth.ts';
import { shareOfStretch } from '../domain/refund-value.ts';
import { requestReturn as open, type RequestedLine } from '../domain/request-return.ts';
import type { PolicyAnswer, Requester } from '../domain/return-policy.ts';
import type { ReturnStart } from '../domain/return-state.ts';
import type { Sale } from '../domain/sale.ts';
import { returnNumber } from './return-number.ts';
import type { ReturnsParts } from './returns-parts.ts';
import type { KnownSku } from './returns-store.ts';
import { runTasks } from './run-tasks.ts';
import { saveReturn } from './save-return.ts';

/** Who asks, as the policy sees it. */
export interface Asking {
  readonly requester: Requester;
  readonly correlationId: string;
}

/** A return that is asked for, with what is known of the sale; null: it is blind. */
export interface ReturnToOpen {
  readonly id: string;
  readonly start: ReturnStart;
  readonly location: string | null;
  readonly sale: Pick<Sale, 'order' | 'channel' | 'customer' | 'currency' | 'placedAt'> | null;
  /** Of a blind return. */
  readonly blind?: { readonly customer: string | null; readonly currency: string };
  readonly lines: readonly RequestedLine[];
  readonly skus: ReadonlyMap<string, KnownSku>;
  /** Of a return that another system told. */
  readonly told?: { readonly fact: string; readonly number?: string };
}

/** Has the policy decide on it and saves it with the reasons and the terms; once, however often it is asked for. */
export async function openReturn(parts: ReturnsParts, asking: Asking, request: ReturnToOpen): Promise<void> {
  const { id, start, location, sale, blind, told } = request;
  const nowMs = parts.platform.clock.nowMs();
  const answer = agreed(await askPolicy(parts, asking, { ...request, nowMs }), request);
  const change = open({
    id,
    number: told?.number ?? returnNumber(id),
    order: sale?.order ?? null,
    start,
    customer: sale?.customer ?? blind?.customer ?? null,
    currency: sale?.currency ?? blind?.currency ?? '',
    location,
    lines: request.lines.map((line, index) => {
      const terms = answer.terms[index];
      return { ...line, ...(terms && { terms }) };
    }),
    answer,
    nowMs,
    correlationId: asking.correlationId,
    ...(told && { fact: told.fact }),
  });
  try {
    await saveReturn(parts, change, undefined);
  } catch (error) {
    // The same request came twice at the same time; the other one is saved.
    if (!(error instanceof DocumentConflict || error instanceof UniqueViolation)) throw error;
    return;
  }
  await runTasks(parts, id);
}

/** What a channel has agreed with its customer is not refused afterwards; what spoke against it is kept. */
function agreed(answer: PolicyAnswer, { told }: ReturnToOpen): PolicyAnswer {
  if (!told || answer.outcome === 'AUTHORIZED') return answer;
  return { ...answer, outcome: 'AUTHORIZED', reasons: [...answer.reasons, 'AGREED_ELSEWHERE'] };
}

async function askPolicy(
  parts: ReturnsParts,
  { requester }: Asking,
  { start, sale, blind, lines, skus, nowMs }: ReturnToOpen & { readonly nowMs: number },
): Promise<PolicyAnswer> {
  const customer = sale?.customer ?? blind?.customer ?? null;
  return parts.policy.decideRequest({
    requester,
    start,
    channel: sale?.channel ?? null,
    placedAtMs: sale ? Date.parse(sale.placedAt) : null,
    requestedAtMs: nowMs,
    lines: lines.map((line) => ({
      sku: line.sku,
      categories: skus.get(line.sku)?.categories ?? [],
      reason: line.reason,
      worthMinor: worthOf(line),
    })),
    recentReturns: customer === null ? 0 : await countRecent(parts, customer, nowMs),
  });
}

function worthOf({ worth, unitPriceMinor, decimals, steps }: RequestedLine): number {
  const { goodsMinor, ordered } = worth ?? unitWorth(unitPriceMinor, decimals);
  return shareOfStretch({ from: 0, to: steps }, { amountMinor: goodsMinor, ordered });
}

const DAY_MS = 86_400_000;

async function countRecent({ policy, store }: ReturnsParts, customer: string, nowMs: number): Promise<number> {
  const history = policy.history(nowMs);
  if (!history) return 0;
  const since = nowMs - history.days * DAY_MS;
  const where = { customer: { eq: customer }, openedAtMs: { gte: since } };
  return (await store.returns.find({ where, limit: Math.max(1, history.countMax) })).length;
}
