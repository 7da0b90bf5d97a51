import { ALL_CASES } from './cases/all-cases.ts';
import { compatibilityContract } from './compatibility.contract.ts';
import { overHttp } from './testing/open-case.ts';

compatibilityContract('HTTP', ALL_CASES, overHttp);
