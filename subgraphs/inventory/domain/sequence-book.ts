/** Numbers that a source has skipped so far. Both ends belong to it. */
export interface SequenceGap {
  /** The first number that was skipped; a gap that is filled in the middle leaves two with the same origin. */
  readonly origin: number;
  readonly from: number;
  readonly to: number;
  /** When the hub learned of a later number, epoch milliseconds. */
  readonly sinceMs: number;
  /** People were told of it. */
  readonly isRaised: boolean;
}

export interface NumberedStream {
  /** The greatest number told. */
  readonly last: number;
  /** In ascending order. */
  readonly gaps: readonly SequenceGap[];
}

/** A stream of numbers of a source. */
export interface StreamKey {
  readonly system: string;
  readonly stream: string;
}

/** All that is missing of one gap. */
export interface OpenGap extends StreamKey {
  readonly origin: number;
  readonly ranges: readonly { readonly from: number; readonly to: number }[];
}

/** Gaps watched per stream; beyond it the oldest is given up, so that a source that counts wildly costs no memory. */
const GAPS_MAX = 1_000;

/** What sources that number their messages have told and left out. */
export class SequenceBook {
  readonly #streams: Map<string, NumberedStream>;

  constructor(entries: readonly (readonly [string, NumberedStream])[] = []) {
    this.#streams = new Map(entries);
  }

  /** True when the number is the first of its stream, beyond the last, or missing so far. */
  isNew(key: StreamKey, number: number): boolean {
    const known = this.#streams.get(textOf(key));
    return !known || number > known.last || this.#gapAt(key, number) !== undefined;
  }

  /** The origin of a gap that people were told of, when this number is the last one it lacks. */
  closedBy(key: StreamKey, number: number): number | undefined {
    const gap = this.#gapAt(key, number);
    if (!gap?.isRaised || gap.from !== gap.to) return undefined;
    const parts = this.#gapsOf(key).filter(({ origin }) => origin === gap.origin);
    return parts.length === 1 ? gap.origin : undefined;
  }

  /** A stream begins with the first number that is told. */
  observe(key: StreamKey, number: number, atMs: number): void {
    const text = textOf(key);
    const known = this.#streams.get(text);
    if (!known) {
      this.#streams.set(text, { last: number, gaps: [] });
    } else if (number > known.last) {
      const from = known.last + 1;
      const gap = { origin: from, from, to: number - 1, sinceMs: atMs, isRaised: false };
      const gaps = number > from ? [...known.gaps, gap].slice(-GAPS_MAX) : known.gaps;
      this.#streams.set(text, { last: number, gaps });
    } else {
      const gaps = known.gaps.flatMap((gap) => without(gap, number));
      this.#streams.set(text, { ...known, gaps: gaps.slice(-GAPS_MAX) });
    }
  }

  markRaised(key: StreamKey, origin: number): void {
    const known = this.#streams.get(textOf(key));
    if (!known) return;
    const gaps = known.gaps.map((gap) => (gap.origin === origin ? { ...gap, isRaised: true } : gap));
    this.#streams.set(textOf(key), { ...known, gaps });
  }

  /** When the oldest gap opened that nobody was told of. */
  oldestUnraisedMs(): number | undefined {
    let oldest: number | undefined;
    for (const { gaps } of this.#streams.values()) {
      for (const { isRaised, sinceMs } of gaps) if (!isRaised) oldest = Math.min(oldest ?? sinceMs, sinceMs);
    }
    return oldest;
  }

  /** Gaps that opened at `untilMs` or before, and that nobody was told of. */
  unraised(untilMs: number): readonly OpenGap[] {
    return [...this.#streams].flatMap(([text, { gaps }]) => {
      const due = gaps.filter(({ isRaised, sinceMs }) => !isRaised && sinceMs <= untilMs);
      const origins = new Set(due.map(({ origin }) => origin));
      const [system, stream] = JSON.parse(text) as [string, string];
      return [...origins].map((origin) => {
        const parts = due.filter((gap) => gap.origin === origin);
        return { system, stream, origin, ranges: parts.map(({ from, to }) => ({ from, to })) };
      });
    });
  }

  toEntries(): readonly (readonly [string, NumberedStream])[] {
    return [...this.#streams];
  }

  #gapsOf(key: StreamKey): readonly SequenceGap[] {
    return this.#streams.get(textOf(key))?.gaps ?? [];
  }

  #gapAt(key: StreamKey, number: number): SequenceGap | undefined {
    return this.#gapsOf(key).find(({ from, to }) => from <= number && number <= to);
  }
}

const textOf = ({ system, stream }: StreamKey): string => JSON.stringify([system, stream]);

/** What is left of a gap when one of its numbers arrives. */
function without(gap: SequenceGap, number: number): readonly SequenceGap[] {
  if (number < gap.from || number > gap.to) return [gap];
  const rest = [
    { ...gap, to: number - 1 },
    { ...gap, from: number + 1 },
  ];
  return rest.filter(({ from, to }) => from <= to);
}
