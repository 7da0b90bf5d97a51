import { channelId, locationId, skuId } from '../../../kernel/model/codes.ts';
import { isRefusal, Refusal, toRefusal } from '../../../kernel/model/errors.ts';
import { readPage, toConnection } from '../../../kernel/graphql/connection.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import { rulesAt } from '../app/rule-query.ts';
import { planRules } from '../domain/decide-change-rules.ts';
import type { LocationRecord } from '../domain/location-record.ts';
import type { RuleChangeAnswer, RuleChangeRequest, RuleImpact } from '../domain/ledger-command.ts';
import type { RuleVersion } from '../domain/rule-book.ts';
import { ruleImpactOf } from '../domain/rule-impact.ts';
import { callerOf, commandIdOf } from './access.ts';
import { ruleRequestOf } from './read-rule-input.ts';
import type { MutationResolvers, QueryResolvers, Resolvers } from './resolvers.generated.ts';

const VERSIONS = { list: 'availabilityRuleVersions', firstDefault: 20, firstMax: 100 };

export const ruleMutations: Pick<
  MutationResolvers,
  'changeAvailabilityRules' | 'withdrawAvailabilityRules' | 'setLocationFeed'
> = {
  async changeAvailabilityRules(_parent, { input }, { ledger, identity, nowMs }) {
    const { effectiveAt, dryRun = false } = input;
    const commandId = commandIdOf(identity, input.idempotencyKey);
    const request: RuleChangeRequest = {
      changedBy: callerOf(identity),
      effectiveAtMs: effectiveAt === undefined || effectiveAt === null ? null : Date.parse(effectiveAt),
      rules: input.rules.map(ruleRequestOf),
    };
    if (dryRun) {
      const planned = await ledger.read((state) => {
        const plan = planRules(state, request, nowMs());
        return isRefusal(plan) ? plan : { ...plan, impact: ruleImpactOf(state, plan.settings) };
      });
      if (isRefusal(planned)) throw toRefusal(planned);
      return { version: null, ...toldOf(planned), changeCursor: ledger.cursor };
    }
    const command = { type: 'change-availability-rules', request } as const;
    const answer: RuleChangeAnswer = await ledger.execute(command, { commandId });
    const version = ledger.state.ruleBook.get(answer.version) ?? null;
    return { version, ...toldOf(answer), changeCursor: ledger.cursor };
  },

  async withdrawAvailabilityRules(_parent, { input: { idempotencyKey, version, reason } }, { ledger, identity }) {
    const request = { version, reason, withdrawnBy: callerOf(identity) };
    const commandId = commandIdOf(identity, idempotencyKey);
    await ledger.execute({ type: 'withdraw-availability-rules', request }, { commandId });
    // A repetition may come when the version is no longer kept.
    const withdrawn = ledger.state.ruleBook.get(version);
    if (withdrawn) return { version: withdrawn, changeCursor: ledger.cursor };
    throw new Refusal('RULE_VERSION_NOT_PLANNED', `Version ${version} is no longer kept.`, { version });
  },

  async setLocationFeed(_parent, { input }, { ledger }) {
    const location = locationId(input.location);
    const { system, staleAfterMs } = input;
    const isWatched = system !== undefined && system !== null && system !== '';
    if (isWatched && (staleAfterMs === undefined || staleAfterMs === null)) {
      throw new Refusal('BAD_USER_INPUT', 'A feed needs a time after which it is stale.', { field: 'staleAfterMs' });
    }
    const feed = isWatched ? { system, staleAfterMs: staleAfterMs ?? 0 } : null;
    await ledger.execute({ type: 'set-location-feed', request: { location, feed } });
    return { location: ledger.state.locations.get(location) as LocationRecord, changeCursor: ledger.cursor };
  },
};

export const ruleQueries: Pick<QueryResolvers, 'availabilityRules' | 'availabilityRuleVersions'> = {
  availabilityRules(_parent, { sku, channel, location, at }, { ledger, nowMs }) {
    const place = {
      ...(sku && { sku: skuId(sku) }),
      ...(channel && { channel: channelId(channel) }),
      ...(location && { location: locationId(location) }),
    };
    const atMs = at === undefined || at === null ? nowMs() : Date.parse(at);
    return ledger.read((state) => rulesAt(state, place, atMs));
  },

  availabilityRuleVersions(_parent, { first, after }, { ledger }) {
    const page = readPage({ first, ...(after !== undefined && { after }) }, VERSIONS);
    const before = page.after === undefined ? undefined : Number(page.after[0]);
    return ledger.read(({ ruleBook }) =>
      toConnection(ruleBook.list(page.limit, before), page, {
        list: VERSIONS.list,
        keysetOf: ({ number }: RuleVersion) => [number],
      }),
    );
  },
};

/** Rules count ten-thousandths of the base unit. */
const quantityOf = (value: number): string => formatQuantity(value, 4);

export const ruleTypes: Pick<
  Resolvers,
  'AvailabilityRule' | 'AvailabilityRuleVersion' | 'AvailabilityRuleWithdrawal' | 'AvailabilityImpactChange'
> = {
  AvailabilityRule: {
    kind: ({ setting }) => setting.kind,
    sku: ({ setting }) => setting.scope.sku ?? null,
    location: ({ setting }) => setting.scope.location ?? null,
    channel: ({ setting }) => setting.scope.channel ?? null,
    quantity: ({ setting: { kind, value } }) =>
      value === null || !QUANTITY_KINDS.includes(kind) ? null : quantityOf(value),
    basisPoints: ({ setting: { kind, value } }) => (kind === 'SAFETY_PERCENT' ? value : null),
    isOn: ({ setting: { kind, value } }) =>
      value === null || (kind !== 'PARTICIPATION' && kind !== 'SELLABLE') ? null : value !== 0,
    sellPolicy({ setting: { value, sellPolicy } }) {
      if (value === null || !sellPolicy) return null;
      const { mode, limit, horizonMs, confidence, shipsAtMs } = sellPolicy;
      const isPreorder = mode === 'PREORDER';
      return {
        mode,
        limit: mode === 'DENY' ? null : quantityOf(limit),
        horizonMs: isPreorder ? horizonMs : null,
        confidenceBasisPoints: isPreorder ? confidence : null,
        shipsAt: shipsAtMs === undefined ? null : new Date(shipsAtMs).toISOString(),
      };
    },
    isRemoved: ({ setting }) => setting.value === null,
    effectiveAt: ({ effectiveAtMs }) => new Date(effectiveAtMs).toISOString(),
  },

  AvailabilityRuleVersion: {
    recordedAt: ({ recordedAtMs }) => new Date(recordedAtMs).toISOString(),
    effectiveAt: ({ becameEffectiveAtMs, effectiveAtMs }) =>
      new Date(becameEffectiveAtMs ?? effectiveAtMs).toISOString(),
    isEffective: ({ becameEffectiveAtMs }) => becameEffectiveAtMs !== null,
    withdrawal: ({ withdrawal }) => withdrawal ?? null,
    rules: ({ settings, number: version, becameEffectiveAtMs, effectiveAtMs }) =>
      settings.map((setting) => ({ setting, version, effectiveAtMs: becameEffectiveAtMs ?? effectiveAtMs })),
  },

  AvailabilityRuleWithdrawal: { withdrawnAt: ({ atMs }) => new Date(atMs).toISOString() },

  AvailabilityImpactChange: {
    sku: ({ sku }) => ({ id: sku }),
    channel({ channel: id }, _args, { ledger }) {
      const channel = ledger.state.territory.channels.get(id);
      if (!channel) throw new Refusal('UNKNOWN_CHANNEL', `No channel ${id} is registered.`, { channel: id });
      return channel;
    },
  },
};

const QUANTITY_KINDS: readonly string[] = ['SAFETY_QUANTITY', 'THRESHOLD', 'QUOTA', 'CAP', 'STALE_BUFFER'];

function toldOf({ effectiveAtMs, impact }: { readonly effectiveAtMs: number; readonly impact: RuleImpact }) {
  const { changes, changed, fallen, soldOut, examinedSkus, isComplete } = impact;
  return {
    effectiveAt: new Date(effectiveAtMs).toISOString(),
    impact: {
      changes,
      changedCount: changed,
      fallenCount: fallen,
      soldOutCount: soldOut,
      examinedSkuCount: examinedSkus,
      isComplete,
    },
  };
}
