import type { Collection, Documents } from '../../../kernel/ports/documents.ts';
import type { ExceptionState } from '../domain/exception-state.ts';
import type { OwnershipRule } from '../domain/ownership-rule.ts';

import { openMappingStore, type MappingStore } from './mapping-store.ts';

export interface OperationsStore {
  readonly exceptions: Collection<ExceptionState>;
  readonly ownershipRules: Collection<OwnershipRule>;
  readonly mappings: MappingStore;
}

export async function openOperationsStore(documents: Documents): Promise<OperationsStore> {
  const found = ['status', 'class', 'severity', 'sku', 'location', 'channel', 'source'];
  return {
    exceptions: await documents.collection<ExceptionState>({
      name: 'operations-exceptions',
      indexes: [{ paths: ['openedAtMs'] }, ...found.map((path) => ({ paths: [path, 'openedAtMs'] }))],
    }),
    mappings: await openMappingStore(documents),
    ownershipRules: await documents.collection<OwnershipRule>({
      name: 'operations-ownership-rules',
      indexes: [{ paths: ['location'] }],
    }),
  };
}
