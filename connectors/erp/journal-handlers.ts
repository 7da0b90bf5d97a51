import { parseAs } from '../../kernel/model/json-schema.ts';
import { postCreditNote, postJournal, type PostCreditNote, type PostJournal } from '../../schema/commands/journals.ts';
import type { CommandHandlers } from '../runtime/command-handler.ts';
import type { JournalLedger } from './journal-ledger.ts';

/** What the books of an ERP do when its queue says so. They know a repetition by the reference of the document. */
export function journalHandlers(ledger: JournalLedger): CommandHandlers {
  return {
    [postJournal.name]: {
      perform: (payload) => ledger.postJournal(parseAs<PostJournal>(postJournal.request, payload, postJournal.name)),
    },
    [postCreditNote.name]: {
      perform: (payload) =>
        ledger.postCreditNote(parseAs<PostCreditNote>(postCreditNote.request, payload, postCreditNote.name)),
    },
  };
}
