import { HttpFailure } from '../runtime/http-failure.ts';

/** What this ERP answers to what it does not let anybody do. */
export function invalid(message: string): HttpFailure {
  return new HttpFailure(400, 'Application_DialogException', message);
}
