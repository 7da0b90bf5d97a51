import { Type } from '@sinclair/typebox';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SystemClock } from '../../../kernel/adapters/embedded/system-clock.ts';
import { silentTelemetry } from '../../../kernel/ports/silent-telemetry.ts';
import type { PolledConnection } from '../../runtime/connection.ts';
import { trytonUnderTest } from '../../systems/tryton/testing/config.ts';
import { TrytonApi, type RecordId } from '../../systems/tryton/tryton-api.ts';
import { journalLedgerContract, type JournalLedgerUnderTest } from '../journal-ledger.contract.ts';
import type { JournalLedger } from '../journal-ledger.ts';
import type { Erp } from '../port.ts';
import { openForgetfulDoor } from '../testing/forgetful-door.ts';
import { connectTrytonErp } from './connect-tryton-erp.ts';
import type { TrytonBooksOptions } from './tryton-books.ts';

const tryton = trytonUnderTest();
const platform = { clock: new SystemClock(), telemetry: silentTelemetry };
const date = new Date().toISOString().slice(0, 10);
const Id = Type.Object({ id: Type.Integer() });
const openApi = (): TrytonApi => new TrytonApi({ ...tryton, system: 'bench', platform });

let books: TrytonBooksOptions;

async function only(api: TrytonApi, model: string, domain: readonly unknown[]): Promise<RecordId> {
  const [found] = await api.search(model, { domain, fields: ['id'], limit: 1 }, Id);
  if (!found) throw new Error(`There is no ${model} ${JSON.stringify(domain)}.`);
  return found.id;
}

/** The seeded chart is small: several roles share an account. */
async function readBooks(api: TrytonApi): Promise<TrytonBooksOptions> {
  const account = (name: string) => only(api, 'account.account', [['name', '=', name]]);
  const journal = (type: string) => only(api, 'account.journal', [['type', '=', type]]);
  const [stock, stockExpense, revenue, expense, receivable, payable] = await Promise.all(
    ['Stock', 'Stock Expense', 'Main Revenue', 'Main Expense', 'Main Receivable', 'Main Payable'].map(account),
  );
  const [general, ofNotes] = await Promise.all([journal('general'), journal('revenue')]);
  const accounts = {
    INVENTORY: stock,
    COGS: stockExpense,
    RETURN_LOSS: expense,
    RETURNS: revenue,
    RETURN_FEES: revenue,
    TAX_PAYABLE: stock,
    CUSTOMER_LIABILITY: receivable,
    CLEARING: payable,
  } as TrytonBooksOptions['accounts'];
  return { customer: tryton.customer, journal: general, creditNoteJournal: ofNotes, accounts };
}

function connect(baseUrl = tryton.baseUrl): PolledConnection<Erp> & { readonly ledger: JournalLedger } {
  const connection = connectTrytonErp({
    ...tryton,
    system: 'erp-tryton',
    baseUrl,
    mapping: { units: { u: 'EA' }, warehouses: {}, lifecycleByActive: {}, companyCurrency: 'GBP' },
    books,
    platform,
  });
  const { journal } = connection.port;
  if (!journal) throw new Error('It keeps no books.');
  return { ...connection, ledger: journal };
}

async function count(api: TrytonApi, model: string, domain: readonly unknown[]): Promise<number> {
  return (await api.search(model, { domain, fields: ['id'] }, Id)).length;
}

const OWN = 'stockwire:return-%';

async function open(): Promise<JournalLedgerUnderTest> {
  const door = await openForgetfulDoor(() => tryton.baseUrl);
  const [one, two, api] = [connect(door.url), connect(), openApi()];
  return {
    ledger: one.ledger,
    other: two.ledger,
    currency: 'GBP',
    date,
    costs: tryton.skus.slice(0, 3).map((sku) => ({ sku, costMinor: 310 })),
    postedDocuments: async () =>
      (await count(api, 'account.move', [
        ['description', 'like', OWN],
        ['state', '=', 'posted'],
      ])) +
      (await count(api, 'account.invoice', [
        ['reference', 'like', OWN],
        ['state', 'in', ['posted', 'paid']],
      ])),
    loseNextAnswer: (of, at) => {
      const model = of === 'JOURNAL' ? 'account.move' : 'account.invoice';
      const method = `"model.${model}.${at === 'MAKING' ? 'create' : 'post'}"`;
      door.loseAnswer(({ text }) => text.includes(method));
    },
    close: async () => {
      await Promise.all([one.close(), two.close(), api.close()]);
      await door.close();
    },
  };
}

beforeAll(async () => {
  const api = openApi();
  books = await readBooks(api);
  await api.close();
});

journalLedgerContract('Tryton', open);

describe('returns in the books of Tryton', () => {
  let connection: ReturnType<typeof connect>;
  let api: TrytonApi;

  beforeAll(() => {
    [connection, api] = [connect(), openApi()];
  });

  afterAll(async () => {
    await Promise.all([connection.close(), api.close()]);
  });

  const Line = Type.Object({ account: Type.Integer(), debit: Type.String(), credit: Type.String() });

  test('a credit note owes the customer what came back, with its tax on an account of its own', async () => {
    const { accounts } = books;
    const reference = `return-note-${platform.clock.nowMs()}`;
    const { document } = await connection.ledger.postCreditNote({
      reference,
      date,
      currency: 'GBP',
      text: 'Return R-7',
      totalMinor: 1_200,
      bookings: [
        { account: 'RETURNS', amountMinor: 1_000 },
        { account: 'TAX_PAYABLE', amountMinor: 200 },
      ],
    });
    expect(document).not.toBe('');
    const Invoice = Type.Object({ type: Type.String(), 'move.': Type.Object({ 'lines.': Type.Array(Line) }) });
    const fields = ['type', ...['account', 'debit', 'credit'].map((field) => `move.lines.${field}`)];
    const asked = { domain: [['reference', '=', `stockwire:${reference}`]], fields };
    const [invoice] = await api.search('account.invoice', asked, Invoice);
    const lines = invoice?.['move.']['lines.'] ?? [];
    const balances = lines.map(({ account, debit, credit }) => [account, Number(debit) - Number(credit)]);
    expect(new Map(balances as [RecordId, number][])).toEqual(
      new Map([
        [accounts.RETURNS, 10],
        [accounts.TAX_PAYABLE, 2],
        [accounts.CUSTOMER_LIABILITY, -12],
      ]),
    );
  });

  test('a day without an open period is refused', async () => {
    const bookings = [
      { account: 'INVENTORY' as const, amountMinor: 620 },
      { account: 'COGS' as const, amountMinor: -620 },
    ];
    const entry = { reference: 'return-closed', date: '1999-01-01', currency: 'GBP', text: 'Return R-8', bookings };
    await expect(connection.ledger.postJournal(entry)).rejects.toThrow('There is no open period for 1999-01-01.');
    expect(await connection.ledger.booked('JOURNAL', 'return-closed')).toBeUndefined();
  });
});
