import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';

/** A version of a mapping set, without its rows, which never change. JSON data. */
export interface MappingVersion {
  readonly version: number;
  readonly status: 'DRAFT' | 'ACTIVATED' | 'WITHDRAWN';
  readonly rowCount: number;
  /** The version that its rows were made from; null for the first. */
  readonly basedOn: number | null;
  readonly drafted: Deed;
  readonly decided: Deed | null;
  /** Null until it is activated. */
  readonly effectiveFromMs: number | null;
}

/** Who did something, when, and why. */
export interface Deed {
  readonly atMs: number;
  readonly by: string;
  readonly because: string;
}

/** What the values of one kind of one outside system mean, with the history of it. JSON data. */
export interface MappingSet {
  /** `<system>|<domain>` */
  readonly id: string;
  readonly system: string;
  readonly domain: string;
  /** How many versions there ever were; the next one is one more. */
  readonly versionCount: number;
  /** The newest ones, oldest first. */
  readonly versions: readonly MappingVersion[];
}

export type MappingStatus = 'DRAFT' | 'PLANNED' | 'ACTIVE' | 'RETIRED' | 'WITHDRAWN';

/** Versions that are kept of one set. */
export const MAPPING_VERSIONS_KEPT = 200;

export function mappingSetId(system: string, domain: string): string {
  return `${system}|${domain}`;
}

export function emptyMappingSet(system: string, domain: string): MappingSet {
  return { id: mappingSetId(system, domain), system, domain, versionCount: 0, versions: [] };
}

/** The version that holds at an instant; undefined while none has begun to hold. */
export function holdingVersion({ versions }: MappingSet, atMs: number): MappingVersion | undefined {
  return versions
    .filter(({ status, effectiveFromMs }) => status === 'ACTIVATED' && (effectiveFromMs ?? atMs + 1) <= atMs)
    .reduce<MappingVersion | undefined>(
      (latest, each) => (!latest || isLater(each, latest) ? each : latest),
      undefined,
    );
}

function isLater(a: MappingVersion, b: MappingVersion): boolean {
  const [from, other] = [a.effectiveFromMs ?? 0, b.effectiveFromMs ?? 0];
  if (from !== other) return from > other;
  const [decided, before] = [a.decided?.atMs ?? 0, b.decided?.atMs ?? 0];
  return decided > before || (decided === before && a.version > b.version);
}

export function mappingStatus(set: MappingSet, version: MappingVersion, atMs: number): MappingStatus {
  if (version.status !== 'ACTIVATED') return version.status;
  if ((version.effectiveFromMs ?? 0) > atMs) return 'PLANNED';
  return holdingVersion(set, atMs)?.version === version.version ? 'ACTIVE' : 'RETIRED';
}

export interface NewDraft {
  readonly rowCount: number;
  readonly basedOn: number | null;
  readonly drafted: Deed;
}

/** Adds a draft under the next number. Drafts and retired versions beyond the bound are dropped, the oldest first. */
export function draftMapping(set: MappingSet, draft: NewDraft, atMs: number): MappingSet {
  const version = set.versionCount + 1;
  const added: MappingVersion = { ...draft, version, status: 'DRAFT', decided: null, effectiveFromMs: null };
  const versions = [...set.versions, added];
  const kept = (each: MappingVersion, index: number): boolean =>
    versions.length - index <= MAPPING_VERSIONS_KEPT ||
    ['ACTIVE', 'PLANNED'].includes(mappingStatus({ ...set, versions }, each, atMs));
  return { ...set, versionCount: version, versions: versions.filter(kept) };
}

export interface Activation {
  readonly version: number;
  readonly effectiveFromMs: number;
  readonly decided: Deed;
}

/** Lets a draft hold from an instant on, which must not have passed. The same once more changes nothing. */
export function activateMapping(set: MappingSet, { version, effectiveFromMs, decided }: Activation) {
  return change(set, version, (known) => {
    if (known.status === 'ACTIVATED' && known.effectiveFromMs === effectiveFromMs) return known;
    if (known.status !== 'DRAFT') return notA(known, 'draft');
    if (effectiveFromMs < decided.atMs) {
      return refuse('BAD_USER_INPUT', 'What has been read already cannot be read by other rows.', {
        field: 'effectiveFrom',
      });
    }
    return { ...known, status: 'ACTIVATED', effectiveFromMs, decided };
  });
}

/** Takes back a draft, or a version that does not hold yet. The same once more changes nothing. */
export function withdrawMapping(set: MappingSet, { version, decided }: Pick<Activation, 'version' | 'decided'>) {
  return change(set, version, (known) => {
    if (known.status === 'WITHDRAWN') return known;
    const hasBegun = known.status === 'ACTIVATED' && (known.effectiveFromMs ?? 0) <= decided.atMs;
    return hasBegun ? notA(known, 'draft or planned version') : { ...known, status: 'WITHDRAWN', decided };
  });
}

function change(
  set: MappingSet,
  version: number,
  to: (known: MappingVersion) => MappingVersion | RefusalValue,
): MappingSet | RefusalValue {
  const known = set.versions.find((each) => each.version === version);
  if (!known) {
    const { system, domain } = set;
    return refuse('BAD_USER_INPUT', `${system} has no version ${version} of ${domain}.`, { system, domain, version });
  }
  const changed = to(known);
  if ('refused' in changed) return changed;
  return changed === known ? set : { ...set, versions: set.versions.map((each) => (each === known ? changed : each)) };
}

function notA({ version, status }: MappingVersion, wanted: string): RefusalValue {
  return refuse('ILLEGAL_TRANSITION', `Version ${version} is no ${wanted}.`, { version, status });
}
