import { describe, expect, test } from '@jest/globals';
import { isRefusal } from '../../../kernel/model/errors.ts';
import {
  activateMapping,
  draftMapping,
  emptyMappingSet,
  holdingVersion,
  MAPPING_VERSIONS_KEPT,
  mappingStatus,
  withdrawMapping,
  type MappingSet,
} from './mapping-set.ts';

const deed = (atMs: number) => ({ atMs, by: 'ann', because: 'why' });
const draft = (set: MappingSet, atMs = 0) =>
  draftMapping(set, { rowCount: 1, basedOn: null, drafted: deed(atMs) }, atMs);

function accepted(result: ReturnType<typeof activateMapping>): MappingSet {
  if (isRefusal(result)) throw new Error(result.message);
  return result;
}

const activated = (set: MappingSet, version: number, fromMs: number, atMs = fromMs) =>
  accepted(activateMapping(set, { version, effectiveFromMs: fromMs, decided: deed(atMs) }));

const statuses = (set: MappingSet, atMs: number) => set.versions.map((each) => mappingStatus(set, each, atMs));

describe('a mapping set', () => {
  const two = draft(draft(emptyMappingSet('wms', 'locations')));

  test('numbers its versions, and none holds before one is activated', () => {
    expect(two.versions.map(({ version }) => version)).toEqual([1, 2]);
    expect(holdingVersion(two, 1_000)).toBeUndefined();
    expect(statuses(two, 1_000)).toEqual(['DRAFT', 'DRAFT']);
  });

  test('changes at the instant from which a version holds', () => {
    const set = activated(activated(two, 1, 100), 2, 500, 200);
    expect(statuses(set, 499)).toEqual(['ACTIVE', 'PLANNED']);
    expect(statuses(set, 500)).toEqual(['RETIRED', 'ACTIVE']);
  });

  test('holds what was decided later when two begin together', () => {
    const set = activated(activated(two, 2, 500, 100), 1, 500, 200);
    expect(holdingVersion(set, 500)?.version).toBe(1);
  });

  test('lets nothing hold in the past, nor anything but a draft', () => {
    expect(activateMapping(two, { version: 1, effectiveFromMs: 99, decided: deed(100) })).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    const set = activated(two, 1, 100);
    expect(activateMapping(set, { version: 1, effectiveFromMs: 300, decided: deed(200) })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
    expect(activateMapping(set, { version: 1, effectiveFromMs: 100, decided: deed(200) })).toBe(set);
    expect(activateMapping(set, { version: 9, effectiveFromMs: 300, decided: deed(200) })).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  test('takes back what does not hold yet, and only that', () => {
    const set = activated(activated(two, 1, 100), 2, 500, 100);
    const withdrawn = accepted(withdrawMapping(set, { version: 2, decided: deed(499) }));
    expect(statuses(withdrawn, 600)).toEqual(['ACTIVE', 'WITHDRAWN']);
    expect(withdrawMapping(withdrawn, { version: 2, decided: deed(499) })).toBe(withdrawn);
    expect(withdrawMapping(set, { version: 1, decided: deed(499) })).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });

  test('keeps a bounded history, and what holds or will', () => {
    let set = activated(draft(emptyMappingSet('wms', 'locations')), 1, 0);
    for (let count = 0; count < MAPPING_VERSIONS_KEPT + 10; count++) set = draft(set, 1);
    expect(set.versions).toHaveLength(MAPPING_VERSIONS_KEPT + 1);
    expect(holdingVersion(set, 1)?.version).toBe(1);
    expect(set.versionCount).toBe(MAPPING_VERSIONS_KEPT + 11);
  });
});
