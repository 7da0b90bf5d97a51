import type { MessagePort } from 'node:worker_threads';

/** What the thread between the gateway and the planner's process is given. */
export interface RelayData {
  readonly port: MessagePort;
  /** Wakes the one that asks. */
  readonly signal: Int32Array;
  /** The path of what the process runs. */
  readonly module: string;
}

/** A question to the process in which the native planner lives. */
export interface PlannerQuestion {
  /** Counts up; the answer carries it, so that a late one is taken for no other. */
  readonly sequence: number;
  /** How long the answer may take before the process is ended. */
  readonly answerMsMax: number;
  /** Which supergraph is meant. */
  readonly supergraph: number;
  /** Given the first time, and again when the process does not know the supergraph any more. */
  readonly sdl?: string;
  /** Absent: the supergraph is read. */
  readonly plan?: PlanRequest;
}

export interface PlanRequest {
  readonly text: string;
  readonly operationName: string | undefined;
  readonly labels: readonly string[];
  readonly percentage: number;
}

export interface PlannerReply {
  readonly sequence: number;
  readonly answer: PlannerAnswer;
}

export type PlannerAnswer =
  | { readonly type: 'read'; readonly consumerSchema: string; readonly overridePercentages: number[] }
  /** As JSON text of the whole plan. */
  | { readonly type: 'planned'; readonly plan: string }
  | { readonly type: 'unknown supergraph' }
  /** The platform has no native planner. */
  | { readonly type: 'no planner' }
  | { readonly type: 'failed'; readonly message: string }
  /** The process has ended, or was ended because it took too long. */
  | { readonly type: 'crashed' };
