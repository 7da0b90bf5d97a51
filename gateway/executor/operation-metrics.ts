import { LruMap } from '../../kernel/graphql/lru-map.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import type { Outcome, PreparedOperation } from './prepared-operation.ts';

/** Names of operations are the clients' choice; what is used least is looked up again. */
const NAMES_MAX = 1_000;

interface Recorder {
  readonly seconds: (value: number) => void;
  readonly answered: () => void;
  readonly withErrors: () => void;
  readonly refused: () => void;
}

/** Counts and times operations by name: whole answers, answers with errors, and operations that were not run. */
export class OperationMetrics {
  readonly #telemetry: Telemetry;
  readonly #recorders = new LruMap<string, Recorder>(NAMES_MAX);

  constructor(telemetry: Telemetry) {
    this.#telemetry = telemetry;
  }

  record({ operation, type }: PreparedOperation, outcome: Outcome, startedMs: number): void {
    const recorder = this.#recorderOf(operation.name?.value ?? 'anonymous', type);
    recorder.seconds((performance.now() - startedMs) / 1_000);
    if (outcome.dataText === undefined) recorder.refused();
    else if (outcome.errors.length > 0) recorder.withErrors();
    else recorder.answered();
  }

  #recorderOf(operation: string, type: string): Recorder {
    const key = `${type} ${operation}`;
    const known = this.#recorders.get(key);
    if (known) return known;
    const counterOf = (outcome: string) => this.#telemetry.counter('operations_total', { operation, type, outcome });
    const recorder: Recorder = {
      seconds: this.#telemetry.histogram('operation_seconds', { operation, type }),
      answered: counterOf('answered'),
      withErrors: counterOf('errors'),
      refused: counterOf('refused'),
    };
    this.#recorders.set(key, recorder);
    return recorder;
  }
}
