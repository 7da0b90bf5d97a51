import type { ErpCompany } from './erp-company.ts';
import { invalid } from './invalid.ts';

/** @throws {HttpFailure} 400 for a day whose books are closed */
export function assertOpen(company: ErpCompany, day: string): void {
  if (day < company.postingsFrom) {
    throw invalid(`The posting date ${day} is not within your range of allowed posting dates.`);
  }
}
