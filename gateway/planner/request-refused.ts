import type { FormattedError } from '../../kernel/graphql/format-error.ts';

/** A request that is refused before anything of it runs; all that is wrong with it at once. */
export class RequestRefused extends Error {
  readonly errors: readonly FormattedError[];

  constructor(errors: readonly FormattedError[]) {
    super(errors.map((error) => error.message).join(' '));
    this.name = 'RequestRefused';
    this.errors = errors;
  }
}
