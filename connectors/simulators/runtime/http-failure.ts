/** An answer other than success. Each simulator writes it in its vendor's own error body. */
export class HttpFailure extends Error {
  readonly status: number;
  /** The vendor's error code where it has codes. */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The member of the request that is at fault, where one can be named. */
  readonly field: string | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    extra: { readonly headers?: Readonly<Record<string, string>>; readonly field?: string } = {},
  ) {
    super(message);
    this.name = 'HttpFailure';
    this.status = status;
    this.code = code;
    this.headers = extra.headers ?? {};
    this.field = extra.field;
  }
}
