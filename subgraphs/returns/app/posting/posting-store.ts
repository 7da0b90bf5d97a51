import type { Collection, Documents } from '../../../../kernel/ports/documents.ts';
import type { PostingState } from '../../domain/posting/posting-state.ts';

/** How the books follow each return, by its id. */
export function openPostingStore(documents: Documents): Promise<Collection<PostingState>> {
  return documents.collection<PostingState>({ name: 'returns-postings', indexes: [{ paths: ['dueAtMs'] }] });
}
