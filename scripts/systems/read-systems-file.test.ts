import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readSystemsFile } from './read-systems-file.ts';

const WAREHOUSE = {
  kind: 'wms',
  vendor: 'tryton',
  system: 'wms-north',
  baseUrl: 'http://tryton.example:8069',
  database: 'retailer',
  login: { user: 'hub', password: { env: 'TRYTON_PASSWORD' } },
  customer: 2,
  mapping: { locations: { 'DC-NORTH': 'NORTH' }, lost: 'LOST', found: 'FOUND' },
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stockwire-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function read(content: unknown, env: Readonly<Record<string, string>> = { TRYTON_PASSWORD: 'secret' }) {
  const path = join(folder, 'systems.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readSystemsFile(path, env);
}

describe('the file of systems', () => {
  test('names systems with what their vendor needs, and takes secrets from the environment', () => {
    const retail = { channels: [{ id: 'WEB', network: 'ONLINE', currency: 'GBP', publishes: 'ATS' }] };
    const { systems, retail: told } = read({ systems: [WAREHOUSE], retail });
    expect(systems).toMatchObject([
      { vendor: 'wms/tryton', system: 'wms-north', settings: { login: { user: 'hub', password: 'secret' } } },
    ]);
    expect(told).toEqual(retail);
  });

  test('may name none', () => {
    const nothing = { retail: {}, salesPosting: {}, reconciliation: {} };
    expect(read({ systems: [] })).toEqual({ systems: [], folders: [], ...nothing });
  });

  test('names folders whose files are taken in, and SFTP servers that they are fetched from, each with its key', () => {
    const hostKeySha256 = `SHA256:${'a'.repeat(43)}`;
    const sftp = {
      host: 'files.example',
      username: { env: 'SFTP_USER' },
      password: { env: 'SFTP_PASSWORD' },
      hostKeySha256,
      remoteDirectory: '/out',
      remoteDoneDirectory: '/done',
    };
    const files = [
      { source: 'wms-south', directory: '/var/files/wms-south', isChecksumRequired: true, sftp },
      { source: 'counts', directory: '/var/files/counts' },
    ];
    const env = { SFTP_USER: 'hub', SFTP_PASSWORD: 'secret' };
    const { folders } = read({ systems: [], files }, env);
    expect(folders).toEqual([
      {
        source: 'wms-south',
        directory: '/var/files/wms-south',
        isChecksumRequired: true,
        sftp: { ...sftp, username: 'hub', password: 'secret', port: 22 },
      },
      { source: 'counts', directory: '/var/files/counts' },
    ]);
    const [first] = files;
    const refused = (change: object) => () => read({ systems: [], files: [{ ...first, ...change }] }, env);
    expect(refused({ sftp: { ...sftp, hostKeySha256: undefined } })).toThrow('hostKeySha256');
    expect(refused({ sftp: { ...sftp, hostKeySha256: 'SHA256:short' } })).toThrow('hostKeySha256');
    expect(refused({ sftp: { ...sftp, password: undefined } })).toThrow('a password or a privateKey');
    expect(refused({ sftp: { ...sftp, privateKey: 'both' } })).toThrow('a password or a privateKey');
    expect(() => read({ systems: [], files }, { SFTP_USER: 'hub' })).toThrow('SFTP_PASSWORD');
    expect(() => read({ systems: [], files: [first, first] }, env)).toThrow('names wms-south again');
  });

  test('says how what stores sell is posted', () => {
    const salesPosting = { batchAgeMs: 60_000, lateWaitMs: 1_000 };
    expect(read({ systems: [], salesPosting }).salesPosting).toEqual(salesPosting);
  });

  test('says how often books are compared with the ledger', () => {
    const reconciliation = { everyMs: 0, settleMs: 60_000 };
    expect(read({ systems: [], reconciliation }).reconciliation).toEqual(reconciliation);
  });

  test('names providers of payments and tax systems as well', () => {
    const baseUrl = 'http://money.example';
    const mapping = { verdicts: { approved: 'APPROVED' } };
    const secrets = { accessToken: 'a', webhookSecret: 'w' };
    const psp = { kind: 'payment', vendor: 'plain', system: 'psp-main', baseUrl, ...secrets, mapping };
    const tax = { kind: 'tax', vendor: 'plain', system: 'tax-main', baseUrl, accessToken: 'a' };
    const { systems } = read({ systems: [psp, tax] });
    expect(systems.map(({ vendor }) => vendor)).toEqual(['payment/plain', 'tax/plain']);
    const vague = { ...psp, mapping: { verdicts: { approved: 'MAYBE' } } };
    expect(() => read({ systems: [vague] })).toThrow('approved');
  });

  test('says when money is taken, and whose taxes hold', () => {
    const taxRules = [{ channel: 'WEB', system: 'tax-main', country: 'GB', onMismatch: 'HOLD' }];
    const rules = [
      { tender: 'GIFT_CARD', at: 'PLACEMENT' },
      { at: 'SHIPMENT', overCapturePercent: 15 },
    ];
    const captureRules = [{ version: 'spring', effectiveFrom: '2026-03-01T00:00:00Z', rules }];
    const { retail } = read({ systems: [], retail: { captureRules, taxRules } });
    const effectiveFromMs = Date.UTC(2026, 2, 1);
    const [gift, others] = rules;
    const inForce = [{ version: 'spring', effectiveFromMs, rules: [{ ...gift, overCapturePercent: 0 }, others] }];
    expect(retail).toEqual({ captureRules: inForce, taxRules });
    const wrong = [{ ...captureRules[0], rules: [{ at: 'SOMETIMES' }] }];
    expect(() => read({ systems: [], retail: { captureRules: wrong } })).toThrow('at');
  });

  test('says for how long goods wait to be collected', () => {
    const pickupRules = [{ location: 'STORE-LEEDS', keepHours: 72, warnHours: 12 }];
    expect(read({ systems: [], retail: { pickupRules } }).retail).toEqual({ pickupRules });
    const wrong = [{ keepHours: 0, warnHours: 12 }];
    expect(() => read({ systems: [], retail: { pickupRules: wrong } })).toThrow('keepHours');
  });

  test('says what time does to orders, and for which parcels labels are bought', () => {
    const timeRules = {
      deadlines: [{ kind: 'RELEASE', channel: 'WEB', warnMinutes: 30, afterMinutes: 90 }],
      arrivals: [{ carrier: 'Swallow', untoldDays: 5, silentDays: null }],
      returnWindows: [{ days: 30 }],
      priorities: [{ channel: 'WEB', priority: 5, dueSoon: [{ withinMinutes: 60, priority: 9 }] }],
    };
    const from = { name: 'Store', street: '1 High Street', city: 'Leeds', postalCode: 'LS1 1AA', country: 'GB' };
    const labelRules = { system: 'parcels-main', gramsPerUnit: 400, locations: [{ location: 'STORE-LEEDS', from }] };
    expect(read({ systems: [], retail: { timeRules, labelRules } }).retail).toEqual({ timeRules, labelRules });
    const late = { deadlines: [{ kind: 'IDLE', warnMinutes: 30 }] };
    expect(() => read({ systems: [], retail: { timeRules: late } })).toThrow('kind');
    const beyond = { priorities: [{ priority: 10 }] };
    expect(() => read({ systems: [], retail: { timeRules: beyond } })).toThrow('priority');
    const endless = { returnWindows: [{ days: 0 }] };
    expect(() => read({ systems: [], retail: { timeRules: endless } })).toThrow('days');
    const nowhere = { ...labelRules, locations: [{ location: 'STORE-LEEDS', from: { ...from, country: 'England' } }] };
    expect(() => read({ systems: [], retail: { labelRules: nowhere } })).toThrow('country');
  });

  test('says which channels take orders on while the ledger is away', () => {
    const placementRules = [{ channel: 'TILLS', whenLedgerIsAway: 'ACCEPT' }];
    expect(read({ systems: [], retail: { placementRules } }).retail).toEqual({ placementRules });
    const hoping = [{ whenLedgerIsAway: 'HOPE' }];
    expect(() => read({ systems: [], retail: { placementRules: hoping } })).toThrow('whenLedgerIsAway');
  });

  test('says what may take the place of what cannot be had', () => {
    const substitutes = [{ sku: 'CUP-1', units: 6 }];
    const substitutionRules = [
      { sku: 'CUP-6', substitutes, withinCategory: false, allowed: 'WHEN_ALLOWED', priceRule: 'SAME' },
    ];
    const shortRules = [{ channel: 'MARKET', policy: 'CANCEL' }];
    expect(read({ systems: [], retail: { substitutionRules, shortRules } }).retail).toEqual({
      substitutionRules,
      shortRules,
    });
    expect(() => read({ systems: [], retail: { shortRules: [{ policy: 'HOPE' }] } })).toThrow('policy');
  });

  test('says to which accounts of an ERP returns are posted', () => {
    const books = { customer: 7, journal: 1, creditNoteJournal: 2, accounts: { INVENTORY: 11, COGS: 12 } };
    const mapping = { units: {}, warehouses: {}, lifecycleByActive: {}, companyCurrency: 'GBP' };
    const { customer: _customer, ...server } = WAREHOUSE;
    const erp = { ...server, kind: 'erp', system: 'erp-main', mapping };
    expect(read({ systems: [{ ...erp, books }] }).systems).toMatchObject([{ settings: { books } }]);
    const wrong = { ...books, accounts: { STOCK: 11 } };
    expect(() => read({ systems: [{ ...erp, books: wrong }] })).toThrow('STOCK');
  });

  test('says what may come back, and what money it gives back', () => {
    const rules = [
      { category: 'SWIMWEAR', isFinalSale: true },
      { windowDays: 60, refundAt: 'RECEIPT' },
    ];
    const returnRules = [{ version: 'spring', effectiveFrom: '2026-03-01T00:00:00Z', rules }];
    const { retail } = read({ systems: [], retail: { returnRules } });
    expect(retail).toEqual({ returnRules: [{ version: 'spring', effectiveFromMs: Date.UTC(2026, 2, 1), rules }] });
    const wrong = [{ ...returnRules[0], rules: [{ refundAt: 'SOMETIMES' }] }];
    expect(() => read({ systems: [], retail: { returnRules: wrong } })).toThrow('refundAt');
  });

  test('is refused while a variable that it names is not set', () => {
    expect(() => read({ systems: [WAREHOUSE] }, {})).toThrow(
      'TRYTON_PASSWORD, which the file of systems names, is not set.',
    );
  });

  test.each([
    ['it is no JSON', '{', 'cannot be read as JSON'],
    ['it names an unknown vendor', { systems: [{ ...WAREHOUSE, vendor: 'abacus' }] }, '"wms/abacus", which is none of'],
    ['a setting is missing', { systems: [{ ...WAREHOUSE, customer: undefined }] }, 'customer'],
    ['a setting is misspelt', { systems: [{ ...WAREHOUSE, costumer: 2 }] }, 'costumer'],
    [
      'a word means what the hub does not know',
      { systems: [{ ...WAREHOUSE, mapping: { ...WAREHOUSE.mapping, lost: 'EATEN' } }] },
      'lost',
    ],
    ['two systems bear one name', { systems: [WAREHOUSE, WAREHOUSE] }, 'wms-north as wms more than once'],
    ['a setting of the posting of sales is misspelt', { systems: [], salesPosting: { batchAge: 60_000 } }, 'batchAge'],
    ['a setting of comparisons is misspelt', { systems: [], reconciliation: { every: 1 } }, 'every'],
    ['a member of its own is misspelt', { systems: [], retial: {} }, 'retial'],
  ])('is refused when %s', (_why, content, words) => {
    expect(() => read(content)).toThrow(words);
  });
});
