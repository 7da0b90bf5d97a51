import { Refusal } from '../../../kernel/model/errors.ts';
import {
  activateMapping,
  draftMapping,
  rollBackMapping,
  rowsOf,
  withdrawMapping,
  type MappingOutcome,
} from '../app/change-mapping.ts';
import { dryRun, findMapping, listMappings } from '../app/find-mapping.ts';
import { holdingVersion, mappingStatus, type Deed, type MappingSet } from '../domain/mapping-set.ts';
import type {
  MappingPayloadResolvers,
  MappingSetResolvers,
  MappingVersionResolvers,
  MutationResolvers,
  QueryResolvers,
} from './resolvers.generated.ts';

export const mappingQueries: Pick<QueryResolvers, 'mappingSets' | 'mappingSet' | 'mappingDryRun'> = {
  mappingSets: (_source, { system }, { parts }) => listMappings(parts, system ?? undefined),
  mappingSet: async (_source, named, { parts }) => (await findMapping(parts, named)) ?? null,
  mappingDryRun: (_source, asked, { parts, correlationId }) => dryRun(parts, { correlationId }, asked),
};

export const mappingMutations: Pick<
  MutationResolvers,
  'draftMapping' | 'activateMapping' | 'withdrawMapping' | 'rollBackMapping'
> = {
  draftMapping: (_source, { input }, { parts, ...caller }) => {
    const { reason: because, put = [], remove = [], isWhole = false, ...named } = input;
    return draftMapping(parts, caller, { ...named, put, remove, isWhole, because });
  },
  activateMapping: (_source, { input }, { parts, ...caller }) => {
    const { reason: because, effectiveAt, ...named } = input;
    const from = effectiveAt === undefined || effectiveAt === null ? {} : { effectiveFromMs: Date.parse(effectiveAt) };
    return activateMapping(parts, caller, { ...named, ...from, because });
  },
  withdrawMapping: (_source, { input }, { parts, ...caller }) => {
    const { reason: because, ...named } = input;
    return withdrawMapping(parts, caller, { ...named, because });
  },
  rollBackMapping: (_source, { input }, { parts, ...caller }) => {
    const { reason: because, ...named } = input;
    return rollBackMapping(parts, caller, { ...named, because });
  },
};

export const MappingSetType: MappingSetResolvers = {
  __resolveReference: async ({ id }, { parts }) => {
    const [system, domain] = id.split('|');
    if (system === undefined || domain === undefined) throw new Refusal('BAD_USER_INPUT', `"${id}" is no mapping set.`);
    return (await findMapping(parts, { system, domain })) ?? null;
  },
  active: (set, _arguments, { parts }) => {
    const version = holdingVersion(set, parts.platform.clock.nowMs());
    return version ? { set, version } : null;
  },
  versions: (set: MappingSet) => [...set.versions].reverse().map((version) => ({ set, version })),
};

export const MappingVersionType: MappingVersionResolvers = {
  version: ({ version }) => version.version,
  status: ({ set, version }, _arguments, { parts }) => mappingStatus(set, version, parts.platform.clock.nowMs()),
  rowCount: ({ version }) => version.rowCount,
  rows: async ({ set, version }, _arguments, { parts }) => {
    const rows = await rowsOf(parts, set.id, version.version);
    return Object.entries(rows).map(([external, canonical]) => ({ external, canonical }));
  },
  basedOn: ({ version }) => version.basedOn,
  draftedAt: ({ version }) => instantOf(version.drafted.atMs),
  draftedBy: ({ version }) => version.drafted.by,
  draftedBecause: ({ version }) => version.drafted.because,
  effectiveAt: ({ version }) => (version.effectiveFromMs === null ? null : instantOf(version.effectiveFromMs)),
  decidedAt: ({ version }) => momentOf(version.decided),
  decidedBy: ({ version }) => version.decided?.by ?? null,
  decidedBecause: ({ version }) => version.decided?.because ?? null,
};

export const MappingPayloadType: MappingPayloadResolvers = {
  mappingSet: ({ set }) => set,
  version: (outcome: MappingOutcome) => outcome,
};

const instantOf = (ms: number): string => new Date(ms).toISOString();
const momentOf = (deed: Deed | null): string | null => (deed ? instantOf(deed.atMs) : null);
