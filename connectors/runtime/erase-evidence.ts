import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Collection } from '../../kernel/ports/documents.ts';
import { withoutText, type WantedText } from './erase-text.ts';
import type { InboxDocument } from './inbox-document.ts';

const PAGE = 500;
/** Of these something is kept for people to look at; an accepted message stands in its event alone. */
const WITH_EVIDENCE = ['QUARANTINED', 'CONFLICT', 'FOREIGN'];

/**
 * Takes a text out of what the inbox keeps of messages beside their raw forms. Ids, hashes and reasons for waiting stay.
 * @returns how many messages contained it
 */
export async function eraseEvidence(collection: Collection<InboxDocument>, text: WantedText): Promise<number> {
  let count = 0;
  let after: { readonly id: string; readonly value: null } | undefined;
  for (;;) {
    const page = await collection.find({
      where: { status: { in: WITH_EVIDENCE } },
      limit: PAGE,
      ...(after && { after }),
    });
    for (const { document } of page) if (await eraseIn(collection, document.id, text)) count++;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return count;
    after = { id: last.document.id, value: null };
  }
}

async function eraseIn(collection: Collection<InboxDocument>, id: string, text: WantedText): Promise<boolean> {
  for (;;) {
    const known = await collection.get(id);
    if (known?.document.raw === undefined) return false;
    const raw = withoutText(known.document.raw, text);
    if (raw === known.document.raw) return false;
    try {
      await collection.save({ ...known.document, raw }, known.version);
      return true;
    } catch (error) {
      if (!(error instanceof DocumentConflict)) throw error;
    }
  }
}
