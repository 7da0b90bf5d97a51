import type { Demand, SourcingPlan, SourcingRequest } from '../../domain/sourcing/sourcing-policy.ts';
import { contentHash } from '../content-hash.ts';
import type { AskedNodes } from './ask-nodes.ts';
import { decisionIdOf, type StoredDecision, type StoredDecisionLine } from './decision-store.ts';
import type { RulesInForce } from './rules-store.ts';

/** Candidates that are kept of one decision, shared by its lines, each of which keeps some. */
const CANDIDATES_MAX = 2_000;
const CANDIDATES_OF_LINE_MIN = 10;

interface Decided {
  readonly order: string;
  readonly request: SourcingRequest;
  readonly plan: SourcingPlan;
  readonly asked: AskedNodes;
  readonly rules: RulesInForce;
  readonly policy: string;
}

/** A decision with what it was made from. The same inputs under the same rules have the same id. */
export function decisionOf({ order, request, plan, asked, rules, policy }: Decided): StoredDecision {
  const { nowMs, channel, destination, demands, loads, ownDays } = request;
  const inputs = { nowMs, channel, destination, demands, loads: [...loads].map(bare), ownDays: [...ownDays] };
  const inputsHash = contentHash({ ...inputs, rulesVersion: rules.version, policy });
  const lines = plan.decided.map((decided): StoredDecisionLine => {
    const { nodes, ...demand } = demandOf(demands, decided.reservation);
    const most = Math.max(CANDIDATES_OF_LINE_MIN, Math.floor(CANDIDATES_MAX / demands.length));
    const candidates = decided.candidates.slice(0, most);
    const omitted = nodes.length - candidates.length;
    return { ...demand, candidates, omitted, withoutStock: asked.withoutStock.get(decided.reservation) ?? 0 };
  });
  const kept = new Set(lines.flatMap(({ candidates }) => candidates.map(({ location }) => location)));
  return {
    id: decisionIdOf(order, inputsHash),
    order,
    atMs: nowMs,
    policy,
    rulesVersion: rules.version,
    inputsHash,
    channel,
    destination,
    costMinor: plan.costMinor,
    lines,
    choices: plan.choices,
    loads: [...loads].map(bare).filter(([key]) => kept.has(key.slice(0, key.lastIndexOf('|')))),
  };
}

function demandOf(demands: readonly Demand[], reservation: string): Demand {
  return demands.find((demand) => demand.reservation === reservation) as Demand;
}

/** The sums alone; which commands made them says nothing about the decision. */
function bare([key, { orders, units, ordersMax, unitsMax }]: [
  string,
  SourcingRequest['loads'] extends ReadonlyMap<string, infer L> ? L : never,
]) {
  const limits = { ...(ordersMax !== undefined && { ordersMax }), ...(unitsMax !== undefined && { unitsMax }) };
  return [key, { orders, units, ...limits }] as const;
}
