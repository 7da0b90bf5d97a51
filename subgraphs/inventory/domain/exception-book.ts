import type { ExceptionClass } from '../../../schema/events/fields.ts';
import type { Steps } from '../../../kernel/model/quantity.ts';
import type { ExceptionEvent } from './exception-event.ts';

export interface OpenException {
  readonly id: string;
  readonly cause: string;
  readonly class: ExceptionClass;
  readonly sku: string | null;
  readonly steps: Steps | null;
}

/** The exceptions whose cause lasts: at most one per cause. */
export class ExceptionBook {
  readonly #byCause = new Map<string, OpenException>();
  readonly #causesOfSku = new Map<string, Set<string>>();

  constructor(open: Iterable<OpenException> = []) {
    for (const exception of open) this.#open(exception);
  }

  get size(): number {
    return this.#byCause.size;
  }

  get(cause: string): OpenException | undefined {
    return this.#byCause.get(cause);
  }

  hasSku(sku: string): boolean {
    return this.#causesOfSku.has(sku);
  }

  ofSku(sku: string): readonly OpenException[] {
    return [...(this.#causesOfSku.get(sku) ?? [])].map((cause) => this.#byCause.get(cause) as OpenException);
  }

  skus(): Iterable<string> {
    return this.#causesOfSku.keys();
  }

  ofClass(wanted: ExceptionClass): readonly OpenException[] {
    return [...this.#byCause.values()].filter((exception) => exception.class === wanted);
  }

  apply(event: ExceptionEvent): void {
    if (event.type === 'exception-cleared') return this.#close(event.cause);
    const { exceptionId: id, cause, class: kind, sku = null, steps = null } = event;
    this.#open({ id, cause, class: kind, sku, steps });
  }

  toEntries(): readonly OpenException[] {
    return [...this.#byCause.values()];
  }

  #open(exception: OpenException): void {
    this.#byCause.set(exception.cause, exception);
    if (exception.sku === null) return;
    const causes = this.#causesOfSku.get(exception.sku);
    if (causes) causes.add(exception.cause);
    else this.#causesOfSku.set(exception.sku, new Set([exception.cause]));
  }

  #close(cause: string): void {
    const sku = this.#byCause.get(cause)?.sku;
    this.#byCause.delete(cause);
    const causes = typeof sku === 'string' ? this.#causesOfSku.get(sku) : undefined;
    causes?.delete(cause);
    if (typeof sku === 'string' && causes?.size === 0) this.#causesOfSku.delete(sku);
  }
}
