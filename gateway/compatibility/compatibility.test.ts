import { ALL_CASES } from './cases/all-cases.ts';
import { compatibilityContract } from './compatibility.contract.ts';
import { inProcess } from './testing/open-case.ts';

compatibilityContract('subgraphs in process', ALL_CASES, inProcess);
