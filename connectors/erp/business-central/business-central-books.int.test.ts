import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SystemClock } from '../../../kernel/adapters/embedded/system-clock.ts';
import { silentTelemetry } from '../../../kernel/ports/silent-telemetry.ts';
import type { PostJournal } from '../../../schema/commands/journals.ts';
import { UpstreamRejected } from '../../runtime/upstream-errors.ts';
import { TEST_LIMITS } from '../../runtime/testing/outside-system.ts';
import { createDemoCatalogue } from '../../simulators/demo-catalogue.ts';
import { erpSeed } from '../../simulators/demo-seeds.ts';
import { startErpSimulator, type ErpSimulator } from '../../simulators/erp/erp-simulator.ts';
import { journalLedgerContract, type JournalLedgerUnderTest } from '../journal-ledger.contract.ts';
import type { JournalLedger } from '../journal-ledger.ts';
import { openForgetfulDoor, type ForgetfulDoor } from '../testing/forgetful-door.ts';
import { connectBusinessCentral, type BusinessCentralConnection } from './connect-business-central.ts';

const demo = erpSeed(createDemoCatalogue());
const SKUS = demo.items.slice(0, 3).map(({ number }) => number);
const seed = { ...demo, items: demo.items.map((item, index) => ({ ...item, unitCostMinor: 310 + index })) };
const DATE = '2026-11-20';

function connect(erp: ErpSimulator, baseUrl: string): BusinessCentralConnection & { readonly ledger: JournalLedger } {
  const connection = connectBusinessCentral({
    system: 'erp-main',
    baseUrl,
    companyId: erp.companyId,
    credentials: { clientId: 'erp-client', clientSecret: 'erp-secret', tokenPath: '/oauth2/token' },
    clientState: 'a shared secret',
    mapping: {
      units: {},
      locationTypes: {},
      capabilities: {},
      lifecycleByBlocked: {},
      tracking: {},
      companyCurrency: 'GBP',
      priceLists: [],
      timeZone: 'Europe/London',
    },
    books: {
      customerNumber: 'C-STORE',
      accounts: {
        INVENTORY: '2110',
        COGS: '7110',
        RETURN_LOSS: '7170',
        RETURNS: '6120',
        TAX_PAYABLE: '5610',
        RETURN_FEES: '6140',
        CUSTOMER_LIABILITY: '5410',
        CLEARING: '2340',
      },
    },
    limits: TEST_LIMITS,
    platform: { clock: new SystemClock(), telemetry: silentTelemetry },
  });
  const { journal } = connection.port;
  if (!journal) throw new Error('It keeps no books.');
  return { ...connection, ledger: journal };
}

interface Opened extends JournalLedgerUnderTest {
  readonly erp: ErpSimulator;
  readonly door: ForgetfulDoor;
}

async function open(): Promise<Opened> {
  const erp = await startErpSimulator({ seed, pageSizeMax: 2 });
  const door = await openForgetfulDoor(() => erp.url);
  const [one, two] = [connect(erp, door.url), connect(erp, erp.url)];
  return {
    erp,
    door,
    ledger: one.ledger,
    other: two.ledger,
    currency: 'GBP',
    date: DATE,
    costs: SKUS.map((sku, index) => ({ sku, costMinor: 310 + index })),
    postedDocuments: async () => {
      const entries = new Set(erp.generalLedgerEntries().map((entry) => entry['documentNumber']));
      return entries.size + erp.salesCreditMemos().filter(({ status }) => status === 'Open').length;
    },
    loseNextAnswer: (of, at) => {
      const making = of === 'JOURNAL' ? /\/journalLines$/ : /\/salesCreditMemos$/;
      const posting = of === 'JOURNAL' ? /journals\(.*NAV\.post$/ : /salesCreditMemos\(.*NAV\.post$/;
      const path = at === 'MAKING' ? making : posting;
      door.loseAnswer((asked) => asked.method === 'POST' && path.test(asked.path));
    },
    close: async () => {
      await Promise.all([one.close(), two.close()]);
      await door.close();
      await erp.close();
    },
  };
}

journalLedgerContract('Business Central', open);

describe('returns in the books of Business Central', () => {
  let opened: Opened;

  beforeEach(async () => {
    opened = await open();
  });

  afterEach(() => opened.close());

  const entry: PostJournal = {
    reference: 'r1/posting/1',
    date: DATE,
    currency: 'GBP',
    text: 'Return R-1',
    bookings: [
      { account: 'INVENTORY', amountMinor: 620 },
      { account: 'COGS', amountMinor: -620 },
    ],
  };

  test('stand in the general ledger by account, and their journal is gone', async () => {
    const { erp, ledger } = opened;
    await ledger.postJournal(entry);
    expect(erp.generalLedgerEntries()).toMatchObject([
      { accountNumber: '2110', debitAmount: 6.2, creditAmount: 0, postingDate: DATE },
      { accountNumber: '7110', debitAmount: 0, creditAmount: 6.2, postingDate: DATE },
    ]);
    const journals = await fetch(`${erp.url}/api/v2.0/companies(${erp.companyId})/journals`, {
      headers: { authorization: `Bearer ${await tokenOf(erp)}` },
    });
    expect(((await journals.json()) as { readonly value: unknown }).value).toEqual([]);
  });

  test('are refused on a day that is closed, and go through once it is open', async () => {
    const { erp, ledger } = opened;
    erp.closeBooksBefore('2026-12-01');
    await expect(ledger.postJournal(entry)).rejects.toThrow(UpstreamRejected);
    const note = { ...entry, totalMinor: 500, bookings: [{ account: 'RETURNS' as const, amountMinor: 500 }] };
    await expect(ledger.postCreditNote(note)).rejects.toThrow(UpstreamRejected);
    expect(await opened.postedDocuments()).toBe(0);
    erp.closeBooksBefore('');
    await ledger.postJournal(entry);
    await ledger.postCreditNote(note);
    expect(await opened.postedDocuments()).toBe(2);
  });

  test('in another currency are found again by what they were posted for', async () => {
    const { erp, ledger } = opened;
    const { document } = await ledger.postJournal({ ...entry, currency: 'EUR' });
    expect(await ledger.booked('JOURNAL', entry.reference)).toEqual({ document, totalMinor: 620 });
    expect(erp.generalLedgerEntries()).toMatchObject([
      { debitAmount: 5.33, sourceCurrencyCode: 'EUR', sourceCurrencyAmount: 6.2 },
      { creditAmount: 5.33 },
    ]);
  });

  test('are refused in a currency that nobody knows', async () => {
    await expect(opened.ledger.postJournal({ ...entry, currency: 'XTS' })).rejects.toThrow(UpstreamRejected);
    expect(await opened.postedDocuments()).toBe(0);
  });
});

async function tokenOf(erp: ErpSimulator): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'erp-client',
    client_secret: 'erp-secret',
  });
  const answer = await fetch(`${erp.url}/oauth2/token`, { method: 'POST', body });
  return ((await answer.json()) as { readonly access_token: string }).access_token;
}
