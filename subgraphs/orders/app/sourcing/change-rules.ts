import { isRefusal, Refusal, toRefusal } from '../../../../kernel/model/errors.ts';
import { checkSourcingRules } from '../../domain/sourcing/check-sourcing-rules.ts';
import { activate, withdraw, type RulesVersion } from '../../domain/sourcing/rules-version.ts';
import type { SourcingRules } from '../../domain/sourcing/sourcing-rules.ts';
import type { OrdersServices } from '../orders-services.ts';

type Services = Pick<OrdersServices, 'rules' | 'clock'>;

export interface Author {
  readonly by: string;
  /** 1 to 500 characters. */
  readonly reason: string;
}

const REASON_LENGTH_MAX = 500;
const AHEAD_MS_MAX = 366 * 86_400_000;

/** @throws {Refusal} BAD_USER_INPUT naming the first field that is out of its bounds */
export async function draftRules({ rules, clock }: Services, content: SourcingRules, author: Author) {
  const fault = checkSourcingRules(content);
  if (isRefusal(fault)) throw toRefusal(fault);
  return rules.draft(content, { ...checkedAuthor(author), atMs: clock.nowMs() });
}

/**
 * Lets a draft hold from an instant on, at most 366 days ahead.
 * @throws {Refusal} RULE_VERSION_NOT_PLANNED when it is no draft
 */
export function activateRules(
  { rules, clock }: Services,
  { number, effectiveAtMs }: { readonly number: number; readonly effectiveAtMs: number | undefined },
  author: Author,
): Promise<RulesVersion> {
  const atMs = clock.nowMs();
  if (effectiveAtMs !== undefined && effectiveAtMs > atMs + AHEAD_MS_MAX) {
    throw new Refusal('BAD_USER_INPUT', 'effectiveAt must be at most 366 days ahead.', { field: 'effectiveAt' });
  }
  const act = { ...checkedAuthor(author), atMs, effectiveAtMs: effectiveAtMs ?? atMs };
  return rules.change(number, (version) => activate(version, act));
}

/** @throws {Refusal} RULE_VERSION_NOT_PLANNED when it holds already */
export function withdrawRules({ rules, clock }: Services, number: number, author: Author): Promise<RulesVersion> {
  const act = { ...checkedAuthor(author), atMs: clock.nowMs() };
  return rules.change(number, (version) => withdraw(version, act));
}

/** @throws {Refusal} BAD_USER_INPUT when there is no reason, or a very long one */
export function checkedAuthor(author: Author): Author {
  const length = author.reason.trim().length;
  if (length >= 1 && length <= REASON_LENGTH_MAX) return author;
  const message = `reason must have 1 to ${REASON_LENGTH_MAX} characters.`;
  throw new Refusal('BAD_USER_INPUT', message, { field: 'reason', max: REASON_LENGTH_MAX });
}
