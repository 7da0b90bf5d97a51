import type { LocationCapability } from './ledger-event.ts';

export interface LocationRecord {
  readonly id: string;
  readonly index: number;
  readonly name: string;
  readonly type: string;
  readonly timeZone: string;
  readonly capabilities: readonly LocationCapability[];
}
