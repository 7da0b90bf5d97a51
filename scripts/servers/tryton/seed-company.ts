import { Type } from '@sinclair/typebox';
import type { RecordId, TrytonApi } from '../../../connectors/systems/tryton/tryton-api.ts';
import { wireDate, wireDecimal } from '../../../connectors/systems/tryton/wire-values.ts';

/** What records of other kinds are made with. */
export interface Company {
  readonly company: RecordId;
  /** The category whose accounts goods are posted to. */
  readonly accountCategory: RecordId;
  /** Whoever buys what the hub sells. */
  readonly customer: RecordId;
}

export const COMPANY = { name: 'Retailer', currency: 'GBP' };
/** The administrator, who is there from the beginning. */
const ADMINISTRATOR = 1;
const Id = Type.Object({ id: Type.Integer() });
const ACCOUNTS = ['Main Payable', 'Main Receivable', 'Main Revenue', 'Main Expense', 'Stock', 'Stock Expense'] as const;
type Accounts = Readonly<Record<(typeof ACCOUNTS)[number], RecordId>>;

/** A company that may trade in the year given: currency, accounts, fiscal year, categories, a customer. */
export async function seedCompany(connect: () => TrytonApi, year: number): Promise<Company> {
  const bare = connect();
  const company = await createCompany(bare);
  await bare.close();
  // What a user's calls know of the company is read when it logs in.
  const api = connect();
  try {
    const accounts = await createAccounts(api, company);
    await createFiscalYear(api, company, year);
    const accountCategory = await createAccountCategory(api, accounts);
    const [customer] = await api.create('party.party', [{ name: 'Customer of the hub', ...oneAddress() }]);
    return { company, accountCategory, customer: customer as RecordId };
  } finally {
    await api.close();
  }
}

async function createCompany(api: TrytonApi): Promise<RecordId> {
  const rates = [['create', [{ date: wireDate('2000-01-01'), rate: wireDecimal('1') }]]];
  const { name, currency: code } = COMPANY;
  const [currency] = await api.create('currency.currency', [{ name: code, code, symbol: code, rates }]);
  const [party] = await api.create('party.party', [{ name, ...oneAddress() }]);
  const [company] = await api.create('company.company', [{ party, currency }]);
  const values = { companies: [['add', [company]]], company };
  await api.call({ method: 'model.res.user.write', params: [[ADMINISTRATOR], values], isIdempotent: true });
  return company as RecordId;
}

const oneAddress = () => ({ addresses: [['create', [{}]]] });

async function createAccounts(api: TrytonApi, company: RecordId): Promise<Accounts> {
  const template = await only(api, 'account.account.template', [['parent', '=', null]]);
  const wizard = 'wizard.account.create_chart';
  const started = await api.call({ method: `${wizard}.create`, params: [], isIdempotent: false });
  const [session] = started as readonly [number];
  const execute = (data: object, state: string): Promise<unknown> =>
    api.call({ method: `${wizard}.execute`, params: [session, data, state], isIdempotent: false });
  const account = { account_template: template, company };
  await execute({ account }, 'create_account');
  const found = await Promise.all(ACCOUNTS.map(async (name) => [name, await accountOf(api, name)] as const));
  const accounts = Object.fromEntries(found) as Accounts;
  const properties = {
    company,
    account_receivable: accounts['Main Receivable'],
    account_payable: accounts['Main Payable'],
    category_account_revenue: accounts['Main Revenue'],
    category_account_expense: accounts['Main Expense'],
  };
  await execute({ account, properties }, 'create_properties');
  return accounts;
}

const accountOf = (api: TrytonApi, name: string): Promise<RecordId> =>
  only(api, 'account.account', [['name', '=', name]]);

async function createFiscalYear(api: TrytonApi, company: RecordId, year: number): Promise<void> {
  const moves = await createSequence(api, 'ir.sequence', { name: 'Account Move', company });
  const invoices = await createSequence(api, 'ir.sequence.strict', { name: 'Invoice', company });
  const kinds = ['out_invoice', 'in_invoice', 'out_credit_note', 'in_credit_note'];
  const sequences = Object.fromEntries(kinds.map((kind) => [`${kind}_sequence`, invoices]));
  const values = {
    name: String(year),
    start_date: wireDate(`${year}-01-01`),
    end_date: wireDate(`${year}-12-31`),
    company,
    post_move_sequence: moves,
    account_stock_method: 'continental',
    invoice_sequences: [['create', [{ company, ...sequences }]]],
  };
  const ids = await api.create('account.fiscalyear', [values]);
  await api.press('account.fiscalyear', 'create_period', ids);
}

async function createSequence(
  api: TrytonApi,
  model: string,
  { name, company }: { readonly name: string; readonly company: RecordId },
): Promise<RecordId> {
  const sequence_type = await only(api, 'ir.sequence.type', [['name', '=', name]]);
  const [id] = await api.create(model, [{ name, sequence_type, company }]);
  return id as RecordId;
}

async function createAccountCategory(api: TrytonApi, accounts: Accounts): Promise<RecordId> {
  const values = {
    name: 'Goods',
    accounting: true,
    account_expense: accounts['Main Expense'],
    account_revenue: accounts['Main Revenue'],
    account_stock: accounts['Stock'],
    account_stock_in: accounts['Stock Expense'],
    account_stock_out: accounts['Stock Expense'],
  };
  const [id] = await api.create('product.category', [values]);
  return id as RecordId;
}

/** The one record that fits. */
export async function only(api: TrytonApi, model: string, domain: readonly unknown[]): Promise<RecordId> {
  const found = await api.search(model, { domain, fields: ['id'], limit: 2 }, Id);
  const [record] = found;
  if (!record || found.length > 1)
    throw new Error(`${model} ${JSON.stringify(domain)}: ${found.length} found, not one.`);
  return record.id;
}
