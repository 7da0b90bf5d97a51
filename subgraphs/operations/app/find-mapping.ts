import { Refusal } from '../../../kernel/model/errors.ts';
import { dryRunMapping, type DryRunReply } from '../../../schema/commands/inbox.ts';
import { mappingSetId, type MappingSet } from '../domain/mapping-set.ts';
import { askOwner } from './ask-owner.ts';
import { rowsOf, type MappingCaller, type NamedMapping } from './change-mapping.ts';
import type { OperationsParts } from './operations-parts.ts';

/** Mapping sets in one answer; a retailer has a dozen for each of a handful of systems. */
const SETS_MAX = 500;
const DRY_RUN_DAYS_MAX = 14;
const DAY_MS = 86_400_000;

export async function listMappings(
  { store }: OperationsParts,
  system: string | undefined,
): Promise<readonly MappingSet[]> {
  const where = system === undefined ? {} : { where: { system: { eq: system } } };
  const rows = await store.mappings.sets.find({ ...where, limit: SETS_MAX });
  return rows.map(({ document }) => document);
}

export async function findMapping(
  { store }: OperationsParts,
  { system, domain }: NamedMapping,
): Promise<MappingSet | undefined> {
  return (await store.mappings.sets.get(mappingSetId(system, domain)))?.document;
}

/**
 * What the messages of the last days would come to with the rows of a version.
 * @throws {Refusal} BAD_USER_INPUT
 * @throws {Obstacle} CONTEXT_UNAVAILABLE
 */
export async function dryRun(
  parts: OperationsParts,
  { correlationId }: Pick<MappingCaller, 'correlationId'>,
  { system, domain, version, days }: NamedMapping & { readonly version: number; readonly days: number },
): Promise<DryRunReply> {
  if (days < 1 || days > DRY_RUN_DAYS_MAX) {
    throw new Refusal('BAD_USER_INPUT', `days must be 1 to ${DRY_RUN_DAYS_MAX}.`, {
      field: 'days',
      max: DRY_RUN_DAYS_MAX,
    });
  }
  const rows = { ...(await rowsOf(parts, mappingSetId(system, domain), version)) };
  const sinceAt = new Date(parts.platform.clock.nowMs() - days * DAY_MS).toISOString();
  const timeoutMs = parts.limits.dryRunTimeoutMs;
  return askOwner(parts.platform.rpc, dryRunMapping, {
    request: { system, domain, rows, sinceAt },
    correlationId,
    timeoutMs,
  });
}
