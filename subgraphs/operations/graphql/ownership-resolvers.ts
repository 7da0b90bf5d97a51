import { channelId, locationId } from '../../../kernel/model/codes.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { findOrchestration } from '../app/find-orchestration.ts';
import { findOwnership, listOwnership, setOwnership } from '../app/set-ownership.ts';
import type {
  MutationResolvers,
  OrchestrationDecisionResolvers,
  OrchestrationResolvers,
  OwnershipRuleResolvers,
  QueryResolvers,
  SetOwnershipInput,
} from './resolvers.generated.ts';

export const ownershipQueries: Pick<QueryResolvers, 'ownershipRules' | 'orchestration'> = {
  ownershipRules: async (_source, { location }, { parts }) => {
    const rules = await listOwnership(parts);
    if (location === undefined || location === null) return rules;
    const at = locationId(location);
    return rules.filter(({ document }) => document.location === null || document.location === at);
  },
  orchestration: (_source, { channel, at }, { parts }) =>
    findOrchestration(parts, channelId(channel), at ? Date.parse(at) : parts.platform.clock.nowMs()),
};

export const ownershipMutations: Pick<MutationResolvers, 'setOwnership'> = {
  setOwnership: (_source, { input }, { parts, identity, correlationId }) =>
    setOwnership(parts, { identity, correlationId }, settingOf(input)),
};

const REASON_LENGTH_MAX = 500;
const AUTHORITY_LENGTH_MAX = 200;

function settingOf(input: SetOwnershipInput) {
  const { domain = 'STOCK', quantity, location = null, channel = null, writerSystem = null } = input;
  const reason = wordsOf(input, 'reason', REASON_LENGTH_MAX);
  const authority = wordsOf(input, 'authority', AUTHORITY_LENGTH_MAX);
  return {
    domain,
    quantity,
    location: location === null ? null : locationId(location),
    ...(channel !== null && { channel: channelId(channel) }),
    writerSystem,
    ...(reason !== undefined && { reason }),
    ...(authority !== undefined && { authority }),
    ...(typeof input.effectiveFrom === 'string' && { effectiveFromMs: Date.parse(input.effectiveFrom) }),
  };
}

/** @throws {Refusal} BAD_USER_INPUT for words that say nothing, or too much */
function wordsOf(input: SetOwnershipInput, field: 'reason' | 'authority', max: number): string | undefined {
  const words = input[field]?.trim();
  if (words === undefined) return undefined;
  if (words.length >= 1 && words.length <= max) return words;
  throw new Refusal('BAD_USER_INPUT', `${field} must have 1 to ${max} characters.`, { field, max });
}

export const OwnershipRuleType: OwnershipRuleResolvers = {
  __resolveReference: async ({ id }, { parts }) => (await findOwnership(parts, id)) ?? null,
  id: ({ document }) => document.id,
  domain: ({ document }) => document.domain,
  quantity: ({ document }) => document.quantity,
  location: ({ document }) => (document.location === null ? null : { id: document.location }),
  channel: ({ document: { channel = null } }) => (channel === null ? null : { id: channel }),
  writerSystem: ({ document }) => document.writerSystem,
  changedAt: ({ document }) => instantOf(document.changedAtMs),
  changedBy: ({ document }) => document.changedBy,
  reason: ({ document }) => document.reason ?? null,
  authority: ({ document }) => document.authority ?? null,
  decisions: ({ document }) => [...(document.decisions ?? [])].reverse(),
};

const partyOf = ({ system }: { readonly system: string | null }) => (system === null ? 'HUB' : 'OMS');

export const OrchestrationDecisionType: OrchestrationDecisionResolvers = {
  party: partyOf,
  effectiveFrom: ({ fromMs }) => instantOf(fromMs),
  decidedAt: ({ decidedAtMs }) => instantOf(decidedAtMs),
};

export const OrchestrationType: OrchestrationResolvers = {
  channel: ({ channel }) => ({ id: channel }),
  party: partyOf,
  decision: ({ decision }) => decision ?? null,
};

const instantOf = (ms: number): string => new Date(ms).toISOString();
