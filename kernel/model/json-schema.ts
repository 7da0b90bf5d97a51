import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { Refusal } from './errors.ts';

const ajv = new Ajv({ allErrors: false, strict: false });
addFormats.default(ajv);

const compiled = new WeakMap<object, ValidateFunction>();

/**
 * Gives the value as the type of its JSON Schema.
 * @throws {Refusal} BAD_USER_INPUT whose details name the first field that does not fit and the rule that it breaks
 */
export function parseAs<T>(schema: object & { readonly static?: T }, value: unknown, what: string): T {
  const fault = firstFault(schema, value);
  if (!fault) return value as T;
  throw doesNotFit(what, fault);
}

/** What keeps a value from fitting a schema; undefined when it fits. */
export function firstFault(schema: object, value: unknown): ErrorObject | undefined {
  const validate = compiled.get(schema) ?? compileOnce(schema);
  return validate(value) ? undefined : validate.errors?.[0];
}

function compileOnce(schema: object): ValidateFunction {
  const validate = ajv.compile(schema);
  compiled.set(schema, validate);
  return validate;
}

function doesNotFit(what: string, error: ErrorObject | undefined): Refusal {
  const field = error?.instancePath === undefined || error.instancePath === '' ? '/' : error.instancePath;
  // Ajv says that there is a member too many, and only beside its message which one.
  const { additionalProperty } = error?.params ?? {};
  const member = typeof additionalProperty === 'string' ? ` (${additionalProperty})` : '';
  return new Refusal('BAD_USER_INPUT', `${what}: ${field} ${error?.message ?? 'does not fit the schema'}${member}.`, {
    field,
    rule: error?.keyword,
    ...error?.params,
  });
}
