/**
 * What graphql-ws is given for a subscription: a result that never brings anything, because frames go to the socket past
 * it. It ends when the client completes or the socket closes, with the error that ends the subscription, or
 * when there is no more to tell.
 */
export class SubscriptionResult implements AsyncGenerator<never, undefined, undefined> {
  readonly #end = Promise.withResolvers<IteratorReturnResult<undefined>>();
  readonly #onReturn: () => void;

  constructor(onReturn: () => void) {
    this.#onReturn = onReturn;
    // Nobody has to be listening when it fails.
    this.#end.promise.catch(() => undefined);
  }

  fail(error: unknown): void {
    this.#end.reject(error);
  }

  complete(): void {
    this.#end.resolve({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<never, undefined>> {
    return this.#end.promise;
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    this.#onReturn();
    this.#end.resolve({ done: true, value: undefined });
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(error: unknown): Promise<never> {
    this.#onReturn();
    return Promise.reject(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
