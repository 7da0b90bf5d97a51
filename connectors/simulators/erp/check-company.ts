import { HttpFailure } from '../runtime/http-failure.ts';
import type { SimulatorRequest } from '../runtime/router.ts';
import type { ErpCompany } from './erp-company.ts';

/** @throws {HttpFailure} 404 for a company that does not exist */
export function checkCompany(company: ErpCompany, { params }: SimulatorRequest): void {
  if (params['company'] === company.id) return;
  throw new HttpFailure(404, 'BadRequest_NotFound', `There is no company ${params['company'] ?? ''}.`);
}
