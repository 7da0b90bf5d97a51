import fc from 'fast-check';
import { MODEL_SKUS, MODEL_KIT } from './model-world.ts';
import { channel, command, expectOutcome, location, maybe, sku } from './model-command.ts';
import { ruleKey, type ModelPolicy, type ModelRule, type ModelRuleKind } from './model-rules.ts';
import type { RuleRequest } from '../domain/read-rule.ts';

const KINDS: readonly ModelRuleKind[] = [
  'SAFETY_QUANTITY',
  'SAFETY_PERCENT',
  'THRESHOLD',
  'CAP',
  'PARTICIPATION',
  'SELLABLE',
  'STALE_BUFFER',
  'SELL_POLICY',
];
const OF_LOCATIONS: readonly ModelRuleKind[] = ['SAFETY_QUANTITY', 'SAFETY_PERCENT', 'PARTICIPATION', 'STALE_BUFFER'];

const policy: fc.Arbitrary<ModelPolicy> = fc.oneof(
  fc.constant({ mode: 'DENY' as const, limit: 0, horizonMs: 0, confidence: 0 }),
  fc.nat({ max: 8 }).map((limit) => ({ mode: 'BACKORDER' as const, limit, horizonMs: 0, confidence: 0 })),
  fc.record({
    mode: fc.constant('PREORDER' as const),
    limit: fc.nat({ max: 8 }),
    horizonMs: fc.constantFrom(60_000, 3_600_000, 86_400_000),
    confidence: fc.constantFrom(5_000, 10_000),
  }),
);

const rule: fc.Arbitrary<ModelRule> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    sku: maybe(sku),
    isOfKit: fc.boolean(),
    location: maybe(location),
    channel: maybe(channel),
    count: fc.nat({ max: 6 }),
    isRemoved: fc.constantFrom(false, false, false, true),
    policy,
  })
  .map((drawn) => {
    const { kind, count, isRemoved } = drawn;
    const isForKit = (kind === 'SELLABLE' || kind === 'CAP') && drawn.isOfKit;
    const item = isForKit ? MODEL_KIT : drawn.sku;
    const at = OF_LOCATIONS.includes(kind) ? drawn.location : undefined;
    const seller = kind === 'STALE_BUFFER' ? undefined : drawn.channel;
    const scope = {
      ...(item !== undefined && { sku: item }),
      ...(at !== undefined && { location: at }),
      ...(seller !== undefined && { channel: seller }),
    };
    if (isRemoved) return { kind, scope, value: undefined };
    if (kind === 'SELL_POLICY') return { kind, scope, value: 0, policy: drawn.policy };
    if (kind === 'SAFETY_PERCENT') return { kind, scope, value: count * 500 };
    // Off is rarely so, or nothing would be sold.
    if (kind === 'PARTICIPATION' || kind === 'SELLABLE') return { kind, scope, value: Math.min(1, count) };
    return { kind, scope, value: kind === 'CAP' ? count * 3 : count };
  });

function requestOf({ kind, scope, value, policy: told }: ModelRule): RuleRequest {
  const request = { kind, ...scope, isRemoved: value === undefined };
  if (value === undefined) return request;
  if (kind === 'PARTICIPATION' || kind === 'SELLABLE') return { ...request, isOn: value === 1 };
  if (kind === 'SAFETY_PERCENT') return { ...request, basisPoints: value };
  if (!told) return { ...request, quantity: String(value) };
  const { mode, limit, horizonMs, confidence: confidenceBasisPoints } = told;
  if (mode === 'DENY') return { ...request, sellPolicy: { mode } };
  const more = mode === 'PREORDER' ? { horizonMs, confidenceBasisPoints } : {};
  return { ...request, sellPolicy: { mode, limit: String(limit), ...more } };
}

const setRules = command(
  'setRules',
  fc.record({ rules: fc.array(rule, { minLength: 1, maxLength: 3 }), inMs: fc.constantFrom(0, 0, 60_000, 900_000) }),
  ({ rules, inMs }, model, bench) => {
    const nowMs = bench.clock.nowMs();
    const effectiveAtMs = nowMs + inMs;
    const request = { changedBy: 'op', effectiveAtMs, rules: rules.map(requestOf) };
    const { code } = bench.do({ type: 'change-availability-rules', request });
    const isOnce = new Set(rules.map(ruleKey)).size === rules.length;
    expectOutcome(isOnce, code, 'setRules');
    if (isOnce) model.rules.change(rules, { effectiveAtMs, nowMs });
  },
);

/** So that something is sold beyond stock in most runs. */
const setPolicy = command(
  'setPolicy',
  fc.record({ sku: maybe(sku), channel: maybe(channel), policy }),
  ({ sku: item, channel: seller, policy: told }, model, bench) => {
    const scope = { ...(item !== undefined && { sku: item }), ...(seller !== undefined && { channel: seller }) };
    const rules: ModelRule[] = [{ kind: 'SELL_POLICY', scope, value: 0, policy: told }];
    const nowMs = bench.clock.nowMs();
    const request = { changedBy: 'op', effectiveAtMs: null, rules: rules.map(requestOf) };
    expectOutcome(true, bench.do({ type: 'change-availability-rules', request }).code, 'setPolicy');
    model.rules.change(rules, { effectiveAtMs: nowMs, nowMs });
  },
);

const feed = command(
  'feed',
  fc.record({ location, staleAfterMs: fc.constantFrom(undefined, 60_000, 600_000) }),
  ({ location: at, staleAfterMs }, model, bench) => {
    const told = staleAfterMs === undefined ? null : { system: 'pos', staleAfterMs };
    bench.do({ type: 'set-location-feed', request: { location: at, feed: told } });
    model.feeds.set(at, staleAfterMs, bench.clock.nowMs());
  },
);

const heartbeat = command(
  'heartbeat',
  fc.record({ location, agoMs: fc.constantFrom(0, 30_000, 600_000) }),
  ({ location: at, agoMs }, model, bench) => {
    const nowMs = bench.clock.nowMs();
    bench.do({ type: 'hear-feed', location: at, system: 'pos', occurredAtMs: nowMs - agoMs });
    model.feeds.hear(at, nowMs - agoMs, nowMs);
  },
);

/** Mostly what leases, feeds and changes of rules last, so that what falls due does so in the instant of what is done. */
const PAUSES_MS = [1, 60_000, 600_000, 840_000, 900_000, 1_200_000, 3_600_000, 604_800_000];

/** Time passes, and nothing changes by that alone. */
const wait = command('wait', fc.record({ ms: fc.constantFrom(...PAUSES_MS) }), ({ ms }, _model, bench) => {
  bench.clock.advance(ms);
});

/** The writer looks at the time. */
const tick = command('tick', fc.constant({}), (_fields, model, bench) => {
  bench.do({ type: 'expire-reservations' });
  bench.do({ type: 'apply-due-rules' });
  bench.do({ type: 'mark-stale-feeds' });
  bench.do({ type: 'advance-supply-horizon' });
  bench.do({ type: 'cover-backorders', skus: MODEL_SKUS });
  bench.do({ type: 'raise-sequence-gaps', waitMs: 60_000 });
  model.tick(bench.clock.nowMs());
});

/** The process ends and another one begins, from a snapshot or from nothing but the log. */
const restart = command(
  'restart',
  fc.record({ from: fc.constantFrom('LOG' as const, 'SNAPSHOT' as const) }),
  ({ from }, _model, bench) => bench.restart(from),
);

export const TIME_COMMANDS = [setRules, setPolicy, setPolicy, feed, heartbeat, wait, wait, tick, tick, tick, restart];
