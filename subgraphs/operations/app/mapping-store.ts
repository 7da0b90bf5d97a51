import type { Collection, Documents } from '../../../kernel/ports/documents.ts';
import type { MappingSet } from '../domain/mapping-set.ts';

/** The rows of one version; they never change. */
export interface MappingRowsDocument {
  /** `<set>|<version>` */
  readonly id: string;
  readonly rows: Readonly<Record<string, string>>;
}

export interface MappingStore {
  readonly sets: Collection<MappingSet>;
  readonly rows: Collection<MappingRowsDocument>;
}

export async function openMappingStore(documents: Documents): Promise<MappingStore> {
  const [sets, rows] = await Promise.all([
    documents.collection<MappingSet>({ name: 'operations-mapping-sets', indexes: [{ paths: ['system'] }] }),
    documents.collection<MappingRowsDocument>({ name: 'operations-mapping-rows', indexes: [] }),
  ]);
  return { sets, rows };
}

export function mappingRowsId(set: string, version: number): string {
  return `${set}|${version}`;
}
