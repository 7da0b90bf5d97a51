/** Where a change comes from: the system, the message that proves it, and its two times. */
export interface Told {
  readonly source: string;
  readonly evidence: string;
  readonly occurredAtMs: number;
  readonly recordedAtMs: number;
}
