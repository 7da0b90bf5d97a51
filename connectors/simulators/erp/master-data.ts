import type { EntityRow, ErpCompany } from './erp-company.ts';
import type {
  ErpBomComponentInput,
  ErpCustomerInput,
  ErpItemInput,
  ErpItemUnitInput,
  ErpLocationInput,
  ErpPriceInput,
  ErpSeed,
} from './erp-seed.ts';

export function seedCompany(company: ErpCompany, seed: ErpSeed): void {
  for (const unit of seed.unitsOfMeasure) company.upsert('unitsOfMeasure', unit.code, { ...unit });
  for (const location of seed.locations) putLocation(company, location);
  for (const item of seed.items) putItem(company, item);
  for (const unit of seed.itemUnits ?? []) putItemUnit(company, unit);
  for (const component of seed.bomComponents ?? []) putBomComponent(company, component);
  for (const price of seed.prices) putPrice(company, price);
  for (const customer of seed.customers) putCustomer(company, customer);
  for (const account of seed.accounts ?? []) company.upsert('accounts', account.number, { ...account });
}

/** Prices leave the ERP as JSON numbers in major units. With an item comes the row of its base unit. */
export function putItem(company: ErpCompany, input: ErpItemInput): EntityRow {
  const { unitPriceMinor, unitCostMinor = Math.round(unitPriceMinor * 0.4), ...fields } = input;
  const { number: itemNumber, baseUnitOfMeasureCode: code } = input;
  if (!company.rowByKey('itemUnitsOfMeasure', unitKey({ itemNumber, code }))) {
    putItemUnit(company, { itemNumber, code, qtyPerUnitOfMeasure: '1' });
  }
  return company.upsert('items', input.number, {
    type: 'Inventory',
    ...fields,
    blocked: input.blocked ?? false,
    unitPrice: unitPriceMinor / 100,
    unitCost: unitCostMinor / 100,
    priceIncludesTax: true,
  });
}

export function putItemUnit(company: ErpCompany, input: ErpItemUnitInput): EntityRow {
  const qtyPerUnitOfMeasure = Number(input.qtyPerUnitOfMeasure);
  return company.upsert('itemUnitsOfMeasure', unitKey(input), { ...input, qtyPerUnitOfMeasure });
}

export function putBomComponent(company: ErpCompany, input: ErpBomComponentInput): EntityRow {
  const key = `${input.parentItemNumber}\n${input.lineNumber}`;
  return company.upsert('bomComponents', key, { ...input, quantityPer: Number(input.quantityPer) });
}

const unitKey = ({ itemNumber, code }: Pick<ErpItemUnitInput, 'itemNumber' | 'code'>): string =>
  `${itemNumber}\n${code}`;

export function putLocation(company: ErpCompany, input: ErpLocationInput): EntityRow {
  return company.upsert('locations', input.code, { ...input });
}

export function putPrice(company: ErpCompany, input: ErpPriceInput): EntityRow {
  const { unitPriceMinor, ...fields } = input;
  const key = `${input.priceListCode}\n${input.itemNumber}\n${input.startingDate}`;
  return company.upsert('salesPrices', key, {
    endingDate: '0001-01-01',
    ...fields,
    unitPrice: unitPriceMinor / 100,
    minimumQuantity: 0,
    priceIncludesTax: true,
  });
}

export function putCustomer(company: ErpCompany, input: ErpCustomerInput): EntityRow {
  return company.upsert('customers', input.number, { type: 'Person', blocked: '', ...input });
}
