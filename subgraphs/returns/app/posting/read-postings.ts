import { createLoader, type Loader } from '../../../../kernel/graphql/create-loader.ts';
import type { Collection } from '../../../../kernel/ports/documents.ts';
import type { Telemetry } from '../../../../kernel/ports/telemetry.ts';
import type { PostingState } from '../../domain/posting/posting-state.ts';

const RETURNS_PER_READ_MAX = 200;

/** How the books follow returns, by the id of the return; those that they have nothing of are absent. */
export function createPostingLoader(
  postings: Collection<PostingState>,
  telemetry: Telemetry,
): Loader<string, PostingState> {
  return createLoader<string, PostingState>({
    name: 'return-postings',
    batchKeysMax: RETURNS_PER_READ_MAX,
    load: async (ids) => new Map((await postings.getMany(ids)).map(({ document }) => [document.id, document])),
    telemetry,
  });
}
