import { HttpFailure } from '../runtime/http-failure.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import type { ODataRow } from './odata-filter.ts';

export const ENTITY_SETS = [
  'items',
  'locations',
  'unitsOfMeasure',
  'itemUnitsOfMeasure',
  'bomComponents',
  'salesPrices',
  'customers',
  'purchaseOrders',
  'salesOrders',
  'salesInvoices',
  'salesCreditMemos',
  'accounts',
  'journals',
  'journalLines',
  'generalLedgerEntries',
] as const;
export type EntitySet = (typeof ENTITY_SETS)[number];
export type ChangeType = 'created' | 'updated';

export interface EntityRow extends ODataRow {
  readonly '@odata.etag': string;
  readonly id: string;
  readonly lastModifiedDateTime: string;
}

/** Told after each change, in order. */
export type ChangeListener = (change: {
  readonly set: EntitySet;
  readonly row: EntityRow;
  readonly type: ChangeType;
}) => void;

/** One company's tables. Every write gives the row a new etag and the time of the ERP's clock. */
export class ErpCompany {
  readonly id: string;
  readonly core: SimulatorCore;
  /** The first day whose books are open, `YYYY-MM-DD`. */
  postingsFrom = '';
  readonly #tables = new Map<EntitySet, Map<string, EntityRow>>();
  readonly #natural = new Map<string, string>();
  readonly #listeners: ChangeListener[] = [];
  #etag = 0;
  #numbers: number;

  constructor(core: SimulatorCore, numbersFrom = 1000) {
    this.core = core;
    this.#numbers = numbersFrom;
    this.id = core.ids.uuid();
    for (const set of ENTITY_SETS) this.#tables.set(set, new Map());
  }

  onChange(listener: ChangeListener): void {
    this.#listeners.push(listener);
  }

  rows(set: EntitySet): readonly EntityRow[] {
    return [...this.#table(set).values()];
  }

  row(set: EntitySet, id: string): EntityRow {
    const row = this.#table(set).get(id);
    if (row !== undefined) return row;
    throw new HttpFailure(404, 'BadRequest_ResourceNotFound', `No ${set} record with id ${id} exists.`);
  }

  /** By the key that people use: an item's number, a location's code. */
  rowByKey(set: EntitySet, key: string): EntityRow | undefined {
    const id = this.#natural.get(`${set}\n${key}`);
    return id === undefined ? undefined : this.#table(set).get(id);
  }

  /** Creates the row under its natural key, or changes the one that has it. */
  upsert(set: EntitySet, key: string, fields: ODataRow): EntityRow {
    const known = this.rowByKey(set, key);
    const id = known?.id ?? this.core.ids.uuid();
    this.#natural.set(`${set}\n${key}`, id);
    return this.#write(set, { ...known, ...fields, id }, known === undefined ? 'created' : 'updated');
  }

  /** @throws {HttpFailure} 412 when `ifMatch` is neither `*` nor the row's etag. */
  update(set: EntitySet, id: string, change: { readonly fields: ODataRow; readonly ifMatch?: string }): EntityRow {
    const row = this.row(set, id);
    if (change.ifMatch !== undefined && change.ifMatch !== '*' && change.ifMatch !== row['@odata.etag']) {
      throw new HttpFailure(412, 'Request_EntityChanged', 'Another user has already changed the record.');
    }
    return this.#write(set, { ...row, ...change.fields, id }, 'updated');
  }

  /** @throws {HttpFailure} 404, or 412 when `ifMatch` is neither `*` nor the row's etag. */
  remove(set: EntitySet, id: string, ifMatch: string): void {
    const row = this.row(set, id);
    if (ifMatch !== '*' && ifMatch !== row['@odata.etag']) {
      throw new HttpFailure(412, 'Request_EntityChanged', 'Another user has already changed the record.');
    }
    this.#table(set).delete(id);
  }

  /** The next document number: `SO1001`, `SI1002`. */
  nextNumber(prefix: string): string {
    this.#numbers += 1;
    return `${prefix}${this.#numbers}`;
  }

  #write(set: EntitySet, fields: ODataRow & { readonly id: string }, type: ChangeType): EntityRow {
    this.#etag += 1;
    const { '@odata.etag': _, ...rest } = fields;
    const row: EntityRow = {
      '@odata.etag': `W/"${Buffer.from(String(this.#etag)).toString('base64url')}"`,
      ...rest,
      id: fields.id,
      lastModifiedDateTime: this.core.nowIso(),
    };
    this.#table(set).set(row.id, row);
    for (const listener of this.#listeners) listener({ set, row, type });
    return row;
  }

  #table(set: EntitySet): Map<string, EntityRow> {
    return this.#tables.get(set) as Map<string, EntityRow>;
  }
}
