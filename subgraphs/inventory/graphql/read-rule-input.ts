import { channelId, locationId, skuId } from '../../../kernel/model/codes.ts';
import type { RuleRequest, SellPolicyRequest } from '../domain/read-rule.ts';
import type { AvailabilityRuleInput, SellPolicyInput } from './resolvers.generated.ts';

/** What is null in the graph is absent in the domain. */
export function ruleRequestOf(input: AvailabilityRuleInput): RuleRequest {
  const { kind, sku, location, channel, quantity, basisPoints, isOn, sellPolicy, isRemoved } = input;
  return {
    kind,
    isRemoved: isRemoved ?? false,
    ...(isGiven(sku) && { sku: skuId(sku) }),
    ...(isGiven(location) && { location: locationId(location) }),
    ...(isGiven(channel) && { channel: channelId(channel) }),
    ...(isGiven(quantity) && { quantity }),
    ...(isGiven(basisPoints) && { basisPoints }),
    ...(isGiven(isOn) && { isOn }),
    ...(isGiven(sellPolicy) && { sellPolicy: sellPolicyOf(sellPolicy) }),
  };
}

function sellPolicyOf({ mode, limit, horizonMs, confidenceBasisPoints, shipsAt }: SellPolicyInput): SellPolicyRequest {
  return {
    mode,
    ...(isGiven(limit) && { limit }),
    ...(isGiven(horizonMs) && { horizonMs }),
    ...(isGiven(confidenceBasisPoints) && { confidenceBasisPoints }),
    ...(isGiven(shipsAt) && { shipsAtMs: Date.parse(shipsAt) }),
  };
}

const isGiven = <Value>(value: Value | null | undefined): value is Value => value !== null && value !== undefined;
