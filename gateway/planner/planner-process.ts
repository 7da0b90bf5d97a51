import type { QueryPlan } from '@graphql-hive/router-query-planner';
import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { LruMap } from '../../kernel/graphql/lru-map.ts';
import { Defect } from '../../kernel/model/errors.ts';
import type { NativeConstructor } from './load-native-planner.ts';
import { DEFAULT_PLANNER_LIMITS } from './planner-limits.ts';
import type { PlannerLimits } from './planner-limits.ts';
import type { PlannerAnswer, PlannerQuestion, PlannerReply, PlanRequest, RelayData } from './planner-messages.ts';

/** How much longer to wait than for the answer: for a process that has to start, and for the relay, which ends it. */
const RELAY_MS_MAX = 15_000;
/** Asked for to learn whether there is a planner at all. */
const NO_SUPERGRAPH = -1;
/** How many documents that ended the process are remembered. */
const DEADLY_MAX = 1_000;

const PLANNER = new URL('./planner-child.ts', import.meta.url);

export interface PlannerProcessOptions {
  /** What differs from `DEFAULT_PLANNER_LIMITS`. */
  readonly limits?: Partial<PlannerLimits>;
  /** What the process runs. Default: the native planner. */
  readonly module?: URL;
}

/**
 * The native planner in a process of its own: whatever it cannot take ends that process and not the gateway, and the
 * document is not given to it again. The process starts with the first question and anew after its end.
 *
 * Asking blocks, as planning does: there is one question at a time and no queue of them, and an answer takes `planMsMax`
 * at most, and the start of a process after the last one was ended.
 */
export class PlannerProcess {
  readonly #signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #channel = new MessageChannel();
  readonly #relay: Worker;
  readonly #deadly = new LruMap<string, true>(DEADLY_MAX);
  #supergraphs = 0;
  #sequence = 0;

  readonly #limits: PlannerLimits;

  constructor({ limits, module = PLANNER }: PlannerProcessOptions = {}) {
    const { port1, port2 } = this.#channel;
    this.#limits = { ...DEFAULT_PLANNER_LIMITS, ...limits };
    this.#relay = new Worker(new URL('./planner-relay.ts', import.meta.url), {
      workerData: { port: port2, signal: this.#signal, module: fileURLToPath(module) } satisfies RelayData,
      transferList: [port2],
      execArgv: [],
    });
    this.#relay.unref();
    port1.unref();
  }

  /** For `PlannerOptions.loadNative`. */
  readonly load = (): NativeConstructor | undefined => {
    if (this.#ask({ supergraph: NO_SUPERGRAPH }).type === 'no planner') return undefined;
    const plan = (supergraph: number, sdl: string, request: PlanRequest): QueryPlan =>
      this.#plan(supergraph, sdl, request);
    const read = (sdl: string): { supergraph: number; consumerSchema: string; overridePercentages: number[] } =>
      this.#read(sdl);
    return class {
      readonly consumerSchema: string;
      readonly overridePercentages: number[];
      readonly #supergraph: number;
      readonly #sdl: string;

      constructor(sdl: string) {
        const { supergraph, consumerSchema, overridePercentages } = read(sdl);
        this.consumerSchema = consumerSchema;
        this.overridePercentages = overridePercentages;
        this.#supergraph = supergraph;
        this.#sdl = sdl;
      }

      plan(text: string, operationName: string | undefined | null, labels: Set<string>, percentage: number): QueryPlan {
        const request = { text, operationName: operationName ?? undefined, labels: [...labels], percentage };
        return plan(this.#supergraph, this.#sdl, request);
      }
    };
  };

  /** Ends the process. What is planned already goes on. */
  async close(): Promise<void> {
    await this.#relay.terminate();
    this.#channel.port1.close();
  }

  #read(sdl: string) {
    const supergraph = this.#supergraphs++;
    const answer = this.#ask({ supergraph, sdl });
    if (answer.type !== 'read') throw new Error(answer.type === 'failed' ? answer.message : this.#ended());
    return { supergraph, ...answer };
  }

  #plan(supergraph: number, sdl: string, plan: PlanRequest): QueryPlan {
    const key = JSON.stringify([supergraph, plan]);
    if (this.#deadly.get(key)) throw new Defect('The planner has ended over this operation before.');
    let answer = this.#ask({ supergraph, plan });
    if (answer.type === 'unknown supergraph') answer = this.#ask({ supergraph, sdl, plan });
    if (answer.type === 'planned') return JSON.parse(answer.plan) as QueryPlan;
    if (answer.type === 'crashed') this.#deadly.set(key, true);
    throw new Defect(answer.type === 'failed' ? answer.message : this.#ended());
  }

  #ended(): string {
    return 'The process of the query planner has ended.';
  }

  #ask(question: Omit<PlannerQuestion, 'sequence' | 'answerMsMax'>): PlannerAnswer {
    const sequence = this.#sequence++;
    const { port1 } = this.#channel;
    const { planMsMax, readMsMax } = this.#limits;
    const answerMsMax = question.plan && question.sdl === undefined ? planMsMax : readMsMax;
    Atomics.store(this.#signal, 0, 0);
    port1.postMessage({ ...question, sequence, answerMsMax } satisfies PlannerQuestion);
    while (Atomics.wait(this.#signal, 0, 0, answerMsMax + RELAY_MS_MAX) !== 'timed-out') {
      Atomics.store(this.#signal, 0, 0);
      for (let reply = receive(port1); reply; reply = receive(port1)) {
        if (reply.sequence === sequence) return reply.answer;
      }
    }
    return { type: 'crashed' };
  }
}

function receive(port: MessagePort): PlannerReply | undefined {
  const received: { readonly message: PlannerReply } | undefined = receiveMessageOnPort(port);
  return received?.message;
}
