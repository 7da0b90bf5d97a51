import { Refusal } from '../../kernel/model/errors.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import type { TokenFailures } from '../limits/token-failures.ts';
import type { Authenticator } from './authenticator.ts';

export interface Credentials {
  readonly authorization: string | undefined;
  /** Where they came from; undefined once the connection is gone. */
  readonly address: string | undefined;
}

/**
 * Who is asking. An address from which too many bad tokens came is turned away before another one is verified.
 * @throws as `Authenticator.authenticate`, and {Obstacle} RATE_LIMITED
 */
export async function authenticateCaller(
  { authorization, address }: Credentials,
  authenticator: Authenticator,
  failures: TokenFailures | undefined,
): Promise<Identity> {
  let isCounted = false;
  const count = (): void => {
    failures?.take(address);
    isCounted = true;
  };
  const giveBack = (): void => {
    if (isCounted) failures?.giveBack(address);
  };
  try {
    const identity = await authenticator.authenticate(authorization, count);
    giveBack();
    return identity;
  } catch (error) {
    // An issuer that cannot be read is no fault of the token.
    if (!(error instanceof Refusal)) giveBack();
    throw error;
  }
}
