/** What the answering side is told beside the payload. */
export interface RpcRequest {
  /** JSON data that fits the command's schema. */
  readonly payload: unknown;
  readonly correlationId: string;
}

/**
 * Requests to the process that owns a thing.
 *
 * Guarantees: an answer means that the owner has done it durably; no answer within `timeoutMs` is an obstacle and says
 * nothing about whether it was done, so requests carry a command id and are repeated under the same id; a refusal or
 * obstacle thrown by the owner arrives as the same class, code and details.
 */
export interface Rpc {
  /**
   * @throws {Obstacle} CONTEXT_UNAVAILABLE when nobody serves the subject or the time is up
   * @throws {DomainError} what the owner threw
   */
  request(
    subject: string,
    payload: unknown,
    options: { readonly timeoutMs: number; readonly correlationId: string },
  ): Promise<unknown>;
  /** One server per subject and process. @returns stops serving */
  serve(subject: string, handle: (request: RpcRequest) => Promise<unknown>): () => void;
}
