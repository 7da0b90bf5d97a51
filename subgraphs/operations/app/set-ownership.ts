import { Refusal } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { OutboxEvent, Versioned } from '../../../kernel/ports/documents.ts';
import { ownershipChanged } from '../../../schema/events/operations.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import { ownershipRuleId, type OwnershipRule } from '../domain/ownership-rule.ts';
import { assertOrchestration, isDecided, isOrchestration, withDecision } from './decide-orchestration.ts';
import { OWNERSHIP_RULES_MAX } from './operations-limits.ts';
import type { OperationsParts } from './operations-parts.ts';

const SYSTEM = /^[a-z0-9][a-z0-9.-]{0,63}$/;

export type VersionedRule = Versioned<OwnershipRule>;
export type OwnershipSetting = Pick<
  OwnershipRule,
  'domain' | 'quantity' | 'location' | 'channel' | 'writerSystem' | 'reason' | 'authority'
> & {
  /** Of who orchestrates: from when on. Absent: at once. */
  readonly effectiveFromMs?: number;
};

/**
 * Saves who may write a quantity, together with what others are told of it. Saving what holds already changes nothing.
 * @throws {Refusal} BAD_USER_INPUT, LIMIT_EXCEEDED
 */
export async function setOwnership(
  parts: OperationsParts,
  { identity, correlationId }: { readonly identity: Identity; readonly correlationId: string },
  setting: OwnershipSetting,
): Promise<{ readonly ownershipRule: VersionedRule; readonly changeCursor: string }> {
  const { platform, store, log, limits } = parts;
  assertSystem(setting.writerSystem);
  assertFits(setting);
  if (isOrchestration(setting)) assertOrchestration(parts, setting);
  const id = ownershipRuleId(setting);
  for (let attempt = 1; ; attempt++) {
    const former = await store.ownershipRules.get(id);
    const nowMs = platform.clock.nowMs();
    if (former && holdsAlready(former.document, setting, nowMs)) {
      return { ownershipRule: former, changeCursor: await log.headCursor() };
    }
    if (!former) await assertRoom(parts);
    const version = former?.version ?? 0;
    const document = ruleOf(former?.document, setting, { nowMs, by: identity.subject, version: version + 1 });
    try {
      const told = publicationsOf(parts, { document, version: version + 1 }, correlationId);
      const saved = await store.ownershipRules.save(document, version, told);
      return { ownershipRule: { document, version: saved }, changeCursor: await log.headCursor() };
    } catch (error) {
      if (!(error instanceof DocumentConflict) || attempt >= limits.saveAttemptsMax) throw error;
    }
  }
}

function holdsAlready(rule: OwnershipRule, setting: OwnershipSetting, nowMs: number): boolean {
  return isOrchestration(rule) ? isDecided(rule, setting, nowMs) : rule.writerSystem === setting.writerSystem;
}

function ruleOf(
  former: OwnershipRule | undefined,
  setting: OwnershipSetting,
  change: { readonly nowMs: number; readonly by: string; readonly version: number },
): OwnershipRule {
  const { effectiveFromMs: _, ...rule } = setting;
  const { nowMs, by } = change;
  return {
    id: ownershipRuleId(setting),
    ...rule,
    changedAtMs: nowMs,
    changedBy: by,
    ...(isOrchestration(setting) && { decisions: withDecision(former?.decisions ?? [], { setting, ...change }) }),
  };
}

/** In the order of their ids. */
export function listOwnership({ store }: OperationsParts): Promise<readonly VersionedRule[]> {
  return store.ownershipRules.find({ limit: OWNERSHIP_RULES_MAX });
}

function publicationsOf(
  { platform }: OperationsParts,
  { document, version }: VersionedRule,
  correlationId: string,
): readonly OutboxEvent[] {
  const id = platform.ids.next();
  const { domain, quantity, location, channel, writerSystem, changedAtMs: atMs } = document;
  const fromMs = document.decisions?.at(-1)?.fromMs;
  return [
    publicationOf(ownershipChanged, {
      id,
      key: document.id,
      source: { system: 'operations', eventId: id },
      occurredAtMs: atMs,
      recordedAtMs: atMs,
      correlationId,
      data: {
        domain,
        quantity,
        location,
        ...(typeof channel === 'string' && { channel }),
        writerSystem,
        ruleVersion: version,
        ...(fromMs !== undefined && { effectiveFrom: new Date(fromMs).toISOString() }),
      },
    }),
  ];
}

function assertSystem(system: string | null): void {
  if (system === null || SYSTEM.test(system)) return;
  throw new Refusal('BAD_USER_INPUT', `"${system}" cannot be the name of a system.`, { field: 'writerSystem' });
}

/** Stock has quantities, which lie somewhere; of every other domain the record as a whole has an owner. */
function assertFits({ domain, quantity, location, channel = null, effectiveFromMs }: OwnershipSetting): void {
  if (effectiveFromMs !== undefined && domain !== 'ORCHESTRATION') {
    throw new Refusal('BAD_USER_INPUT', 'Who may write is changed at once.', { field: 'effectiveFrom', domain });
  }
  if ((domain === 'STOCK') === (quantity === 'RECORD')) {
    throw new Refusal('BAD_USER_INPUT', `${domain} has no ${quantity}.`, { field: 'quantity', domain, quantity });
  }
  if (channel !== null && (location !== null || domain === 'STOCK')) {
    throw new Refusal('BAD_USER_INPUT', 'A rule is for a location or a channel, and stock lies at locations.', {
      field: 'channel',
    });
  }
}

async function assertRoom({ store }: OperationsParts): Promise<void> {
  const rules = await store.ownershipRules.find({ limit: OWNERSHIP_RULES_MAX });
  if (rules.length < OWNERSHIP_RULES_MAX) return;
  throw new Refusal('LIMIT_EXCEEDED', `There are ${OWNERSHIP_RULES_MAX} rules of ownership already.`, {
    limit: 'OWNERSHIP_RULES_MAX',
    max: OWNERSHIP_RULES_MAX,
  });
}

export function findOwnership({ store }: OperationsParts, id: string): Promise<VersionedRule | undefined> {
  return store.ownershipRules.get(id);
}
