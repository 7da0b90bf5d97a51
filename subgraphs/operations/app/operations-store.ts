import type { Collection, Documents } from '../../../kernel/ports/documents.ts';
import type { ExceptionState } from '../domain/exception-state.ts';
import type { OwnershipRule } from '../domain/ownership-rule.ts';

import type { AuditEntry } from './audit-trail.ts';
import type { SkuPrice } from './value-at-risk.ts';
import { openMappingStore, type MappingStore } from './mapping-store.ts';

export interface OperationsStore {
  readonly exceptions: Collection<ExceptionState>;
  readonly ownershipRules: Collection<OwnershipRule>;
  readonly mappings: MappingStore;
  readonly prices: Collection<SkuPrice>;
  readonly audit: Collection<AuditEntry>;
}

export async function openOperationsStore(documents: Documents): Promise<OperationsStore> {
  const found = ['status', 'class', 'severity', 'sku', 'location', 'channel', 'source'];
  return {
    exceptions: await documents.collection<ExceptionState>({
      name: 'operations-exceptions',
      indexes: [
        { paths: ['openedAtMs'] },
        { paths: ['escalateAtMs'] },
        { paths: ['closing.atMs'] },
        ...found.map((path) => ({ paths: [path, 'openedAtMs'] })),
      ],
    }),
    mappings: await openMappingStore(documents),
    prices: await documents.collection<SkuPrice>({ name: 'operations-sku-prices', indexes: [] }),
    audit: await documents.collection<AuditEntry>({
      name: 'operations-audit',
      indexes: [{ paths: ['atMs'] }, { paths: ['exception', 'atMs'] }, { paths: ['by', 'atMs'] }],
    }),
    ownershipRules: await documents.collection<OwnershipRule>({
      name: 'operations-ownership-rules',
      indexes: [{ paths: ['location'] }],
    }),
  };
}
