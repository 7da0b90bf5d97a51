import { HttpFailure } from './http-failure.ts';
import type { Answer } from './router.ts';

const KEYS_MAX = 100_000;

/** Remembers the answer given under each idempotency key: the newest 100,000. */
export class IdempotentAnswers {
  readonly #kept = new Map<string, { readonly content: string; readonly answer: Answer }>();

  /** Runs the request once per key. @throws {HttpFailure} 400 IDEMPOTENCY_KEY_REUSED for other content. */
  once(key: string, content: string, run: () => Answer): Answer {
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.content !== content) {
      throw new HttpFailure(400, 'IDEMPOTENCY_KEY_REUSED', 'The idempotency key was used with another request.', {
        field: 'idempotency_key',
      });
    }
    if (kept !== undefined) return kept.answer;
    const answer = run();
    this.#kept.set(key, { content, answer });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEYS_MAX && oldest !== undefined) this.#kept.delete(oldest);
    return answer;
  }
}
