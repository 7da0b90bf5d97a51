import { formatQuantity } from '../../../kernel/model/quantity.ts';
import type { StoredDecision, StoredDecisionLine } from '../app/sourcing/decision-store.ts';
import type { Delivery } from '../app/sourcing/delivery-of.ts';
import type { DayOfNode } from '../app/sourcing/limit-capacity.ts';
import type { SourcedCart } from '../app/sourcing/source-cart.ts';
import type { Candidate, Choice } from '../domain/sourcing/sourcing-policy.ts';

const reference = (id: string) => ({ id });

export const decisionModel = (decision: StoredDecision) => ({
  id: decision.id,
  decidedAt: new Date(decision.atMs).toISOString(),
  policy: decision.policy,
  rulesVersion: decision.rulesVersion,
  inputsHash: decision.inputsHash,
  costMinor: decision.costMinor,
  lines: decision.lines.map((line) => lineModel(decision, line)),
});

const lineModel = ({ choices }: StoredDecision, line: StoredDecisionLine) => ({
  line: line.line,
  sku: reference(line.sku),
  quantity: formatQuantity(line.quantity, line.decimals),
  candidates: line.candidates.map((candidate) => candidateModel(line, candidate, choices)),
  omittedCount: line.omitted,
  withoutStockCount: line.withoutStock,
});

function candidateModel(line: StoredDecisionLine, candidate: Candidate, choices: readonly Choice[]) {
  const { location, available, outcome, because, distanceKm, leavesOn, delivery, costMinor } = candidate;
  const choice = choices.find((each) => each.reservation === line.reservation && each.location === location);
  return {
    location: reference(location),
    available: formatQuantity(available, line.decimals),
    outcome,
    because,
    chosen: choice ? formatQuantity(choice.quantity, line.decimals) : null,
    distanceKm,
    leavesOn,
    promise: delivery,
    costMinor,
  };
}

export const estimateModel = ({ dates, waitsForSupply }: Delivery) => ({ promise: dates, waitsForSupply });

export function cartModel({ decision, deliveries }: SourcedCart) {
  const { lines, choices } = decision;
  const served = new Set(choices.map(({ reservation }) => reservation));
  const inOrder = lines.toSorted((a, b) => Number(a.line) - Number(b.line));
  return {
    isWhole: lines.every(({ reservation }) => served.has(reservation)),
    parcelCount: new Set(choices.filter((choice) => isSent(lines, choice)).map(routeOf)).size,
    estimates: inOrder.map(({ reservation }) => {
      const delivery = deliveries.get(reservation);
      return delivery ? estimateModel(delivery) : null;
    }),
    decision: decisionModel(decision),
  };
}

/** What is handed over where it lies is no parcel. */
const isSent = (lines: readonly StoredDecisionLine[], { reservation, location }: Choice): boolean =>
  lines.find((line) => line.reservation === reservation)?.pickupAt !== location;

const routeOf = ({ location, bringTo = '' }: Choice): string => `${location}|${bringTo}`;

export const capacityDayModel = ({ location, ...day }: DayOfNode) => ({ location: reference(location), ...day });
