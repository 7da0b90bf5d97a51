import type { IdSource } from './id-source.ts';
import type { Receipt, Till, TillLocation } from './till.ts';

/** A register from its first receipt of a day until somebody counted its drawer, or the day was over. */
export interface RegisterSession {
  readonly id: string;
  readonly location: TillLocation;
  /** From 1. */
  readonly register: number;
  readonly openedAtMs: number;
  /** Absent while it is open. */
  readonly closedAtMs?: number;
  /** The cash that was counted at its end, without the float. Absent: nobody counted. */
  readonly countedMinor?: number;
  readonly receipts: readonly Receipt[];
}

interface Closing {
  readonly atMs: number;
  readonly countedMinor: number;
}

/** When the registers of a till were open, told from what they printed and from when they were closed. */
export class RegisterBook {
  readonly #till: Till;
  readonly #ids: IdSource;
  readonly #nowMs: () => number;
  readonly #closings = new Map<string, Closing[]>();
  readonly #sessionIds = new Map<string, string>();

  constructor(parts: { readonly till: Till; readonly ids: IdSource; readonly nowMs: () => number }) {
    this.#till = parts.till;
    this.#ids = parts.ids;
    this.#nowMs = parts.nowMs;
  }

  /** Somebody counts the drawer and closes the register, now. */
  close(input: { readonly locationCode: string; readonly register?: number; readonly countedMinor: number }): void {
    const { code } = this.#till.location(input.locationCode);
    const key = `${code}\n${input.register ?? 1}`;
    const closing = { atMs: this.#nowMs(), countedMinor: input.countedMinor };
    this.#closings.set(key, [...(this.#closings.get(key) ?? []), closing]);
  }

  /** Oldest first. */
  sessions(): readonly RegisterSession[] {
    const byRegister = Map.groupBy(
      this.#till.receipts(),
      ({ location, register, occurredAtMs }) => `${location.code}\n${register}\n${dayOf(location, occurredAtMs)}`,
    );
    return [...byRegister.values()]
      .flatMap((receipts) => this.#sessionsOfDay(receipts))
      .sort((left, right) => left.openedAtMs - right.openedAtMs);
  }

  #sessionsOfDay(receipts: readonly Receipt[]): readonly RegisterSession[] {
    const [first] = receipts;
    if (first === undefined) return [];
    const { location, register } = first;
    const day = dayOf(location, first.occurredAtMs);
    const closings = (this.#closings.get(`${location.code}\n${register}`) ?? []).filter(
      ({ atMs }) => dayOf(location, atMs) === day,
    );
    const byClosing = Map.groupBy(receipts, ({ occurredAtMs }) =>
      closings.findIndex(({ atMs }) => occurredAtMs <= atMs),
    );
    return [...byClosing].map(([index, some]) => {
      const openedAtMs = Math.min(...some.map(({ occurredAtMs }) => occurredAtMs));
      const lastMs = Math.max(...some.map(({ occurredAtMs }) => occurredAtMs));
      const closing = closings[index];
      const isOver = dayOf(location, this.#nowMs()) !== day;
      const closedAtMs = closing?.atMs ?? (isOver ? lastMs : undefined);
      return {
        id: this.#idOf(`${location.code}\n${register}\n${day}\n${index}`),
        location,
        register,
        openedAtMs,
        ...(closedAtMs !== undefined && { closedAtMs }),
        ...(closing !== undefined && { countedMinor: closing.countedMinor }),
        receipts: some,
      };
    });
  }

  #idOf(key: string): string {
    const id = this.#sessionIds.get(key) ?? this.#ids.uuid();
    this.#sessionIds.set(key, id);
    return id;
  }
}

/** The calendar day of a store, as YYYY-MM-DD. */
function dayOf({ timeZone }: TillLocation, ms: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(ms);
}
