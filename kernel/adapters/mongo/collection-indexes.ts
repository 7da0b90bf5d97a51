import type { Model } from 'mongoose';
import type { CollectionDefinition } from '../../ports/documents.ts';
import { bodyPath } from './document-filter.ts';
import type { DocumentRecord } from './document-record.ts';
import type { MongoCalls } from './mongo-calls.ts';
import { keyName, uniqueIndexName, uniqueIndexes } from './unique-keys.ts';

interface IndexOptions {
  readonly name: string;
  readonly unique?: boolean;
  readonly sparse?: boolean;
}

type Index = readonly [keys: Record<string, 1>, options: IndexOptions];

/**
 * Makes the indexes of a definition, in one question: a process opens very many collections. None is ever dropped: a process of the version before may still declare it, and
 * one that nobody declares any more costs time at saves and refuses nothing, because its keys are no longer written.
 */
export async function ensureIndexes(
  model: Model<DocumentRecord>,
  definition: CollectionDefinition,
  calls: MongoCalls,
): Promise<void> {
  const wanted = indexesOf(definition).map(([key, options]) => ({ key, ...options }));
  await calls.run(`${definition.name}.createIndexes`, () => model.collection.createIndexes(wanted));
}

function indexesOf(definition: CollectionDefinition): readonly Index[] {
  const unique = uniqueIndexes(definition);
  return [
    [{ pendingSeq: 1 }, { name: 'pending', sparse: true }],
    ...definition.indexes.map(({ paths }): Index => {
      const fields = paths.map((path): [string, 1] => [bodyPath(path), 1]);
      return [Object.fromEntries([...fields, ['_id', 1]]), { name: `by:${paths.join('+')}` }];
    }),
    ...unique.map((index): Index => {
      return [{ [`keys.${keyName(index)}`]: 1 }, { name: uniqueIndexName(index), unique: true, sparse: true }];
    }),
    ...(unique.length > 0 ? [[{ keyed: 1 }, { name: 'keyed' }] satisfies Index] : []),
  ];
}
