import type { Steps } from '../../../kernel/model/quantity.ts';
import { FrozenList } from './frozen-list.ts';
import { OldestKeys } from './oldest-keys.ts';

/** Documents without anything to come that are still known, and receipts whose document is not. Constants of the ledger. */
const ENDED_DOCUMENTS_MAX = 100_000;
const EARLY_RECEIPTS_MAX = 10_000;

/** What a document says of one of its lines. */
export interface SupplyLine {
  readonly line: string;
  readonly sku: number;
  readonly location: number;
  /** All of the line, what was received already included; zero when it was cancelled. */
  readonly ordered: Steps;
  /** Epoch milliseconds; null when nobody has said. */
  readonly expectedAtMs: number | null;
  /** When the document said so; an older statement changes nothing. */
  readonly statedAtMs: number;
}

export interface SupplyReceipt {
  readonly sku: number;
  readonly location: number;
  readonly steps: Steps;
}

interface SupplyDocument {
  readonly document: string;
  readonly lines: Map<string, SupplyLine>;
  /** By position: what was received against the document, whichever came first. */
  readonly received: Map<string, SupplyReceipt>;
}

export interface SupplyDocumentData {
  readonly document: string;
  readonly lines: readonly SupplyLine[];
  readonly received: readonly SupplyReceipt[];
}

export interface SupplyBookData {
  readonly documents: readonly SupplyDocumentData[];
  readonly early: readonly (readonly [string, SupplyReceipt])[];
}

/**
 * Purchase orders and notices of suppliers with what has come of them. Statements and receipts may come in any order: the
 * outcome is the same.
 */
export class SupplyBook {
  readonly #open = new Map<string, SupplyDocument>();
  readonly #ended = new Map<string, SupplyDocument>();
  readonly #oldestEnded = new OldestKeys(this.#ended);
  /** By document and position. */
  readonly #early = new Map<string, SupplyReceipt>();
  readonly #oldestEarly = new OldestKeys(this.#early);
  /** What is being saved, if anything is. */
  #frozen: FrozenList<SupplyDocument, SupplyDocumentData> | undefined;

  constructor({ documents, early }: SupplyBookData = { documents: [], early: [] }) {
    for (const { document, lines, received } of documents) {
      this.#file(document, {
        document,
        lines: new Map(lines.map((line) => [line.line, line])),
        received: new Map(received.map((receipt) => [positionKey(receipt), receipt])),
      });
    }
    for (const [key, receipt] of early) this.#early.set(key, receipt);
  }

  has(document: string): boolean {
    return this.#open.has(document) || this.#ended.has(document);
  }

  lineOf(document: string, line: string): SupplyLine | undefined {
    return this.#find(document)?.lines.get(line);
  }

  /** The newest statement about a line stands, wherever it puts the line. */
  state(document: string, line: SupplyLine): void {
    const found = this.#find(document) ?? { document, lines: new Map(), received: new Map() };
    const former = found.lines.get(line.line);
    if (former && former.statedAtMs > line.statedAtMs) return;
    this.#frozen?.beforeChange(found);
    found.lines.set(line.line, line);
    const key = `${document}|${positionKey(line)}`;
    const early = this.#early.get(key);
    if (early) {
      this.#early.delete(key);
      addReceipt(found.received, early);
    }
    this.#file(document, found);
  }

  receive(document: string, receipt: SupplyReceipt): void {
    const found = this.#find(document);
    if (found) {
      this.#frozen?.beforeChange(found);
      addReceipt(found.received, receipt);
      this.#file(document, found);
      return;
    }
    const key = `${document}|${positionKey(receipt)}`;
    this.#early.set(key, { ...receipt, steps: receipt.steps + (this.#early.get(key)?.steps ?? 0) });
    if (this.#early.size > EARLY_RECEIPTS_MAX) deleteOldest(this.#early, this.#oldestEarly);
  }

  /** What a document still brings to a position; what came is taken off the earliest lines. */
  openAt(document: string, position: { readonly sku: number; readonly location: number }): readonly SupplyLine[] {
    const found = this.#find(document);
    return found ? openLines(found, positionKey(position)) : [];
  }

  /** The positions that a document speaks of. */
  positionsOf(document: string): readonly { readonly sku: number; readonly location: number }[] {
    return [...(this.#find(document)?.lines.values() ?? [])].map(({ sku, location }) => ({ sku, location }));
  }

  openDocuments(): Iterable<string> {
    return this.#open.keys();
  }

  /** The documents as they are now, to be taken while they go on changing. */
  freezeDocuments(): FrozenList<SupplyDocument, SupplyDocumentData> {
    this.#frozen?.finish();
    this.#frozen = new FrozenList([...this.#open.values(), ...this.#ended.values()], dataOf);
    return this.#frozen;
  }

  earlyReceipts(): SupplyBookData['early'] {
    return [...this.#early];
  }

  #find(document: string): SupplyDocument | undefined {
    return this.#open.get(document) ?? this.#ended.get(document);
  }

  #file(document: string, found: SupplyDocument): void {
    const positions = new Set([...found.lines.values()].map(positionKey));
    const isOpen = [...positions].some((position) => openLines(found, position).length > 0);
    (isOpen ? this.#ended : this.#open).delete(document);
    (isOpen ? this.#open : this.#ended).set(document, found);
    if (this.#ended.size > ENDED_DOCUMENTS_MAX) deleteOldest(this.#ended, this.#oldestEnded);
  }
}

function dataOf({ document, lines, received }: SupplyDocument): SupplyDocumentData {
  return { document, lines: [...lines.values()], received: [...received.values()] };
}

/** With `ordered` as what is still to come; lines of which nothing is are left out. */
function openLines({ lines, received }: SupplyDocument, position: string): readonly SupplyLine[] {
  let left = received.get(position)?.steps ?? 0;
  const open: SupplyLine[] = [];
  const here = [...lines.values()].filter((line) => positionKey(line) === position).sort(byDate);
  for (const line of here) {
    const taken = Math.min(left, line.ordered);
    left -= taken;
    if (line.ordered > taken) open.push({ ...line, ordered: line.ordered - taken });
  }
  return open;
}

function byDate(a: SupplyLine, b: SupplyLine): number {
  const difference = (a.expectedAtMs ?? Number.MAX_SAFE_INTEGER) - (b.expectedAtMs ?? Number.MAX_SAFE_INTEGER);
  return difference === 0 ? (a.line < b.line ? -1 : 1) : difference;
}

function addReceipt(received: Map<string, SupplyReceipt>, receipt: SupplyReceipt): void {
  const key = positionKey(receipt);
  received.set(key, { ...receipt, steps: receipt.steps + (received.get(key)?.steps ?? 0) });
}

function deleteOldest(entries: Map<string, unknown>, oldest: OldestKeys<string>): void {
  const key = oldest.take();
  if (key !== undefined) entries.delete(key);
}

const positionKey = ({ sku, location }: { readonly sku: number; readonly location: number }): string =>
  `${sku}|${location}`;
