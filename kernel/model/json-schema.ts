import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats, { type FormatName } from 'ajv-formats';
import { Refusal } from './errors.ts';

const ajv = new Ajv({ allErrors: false, strict: false });
addFormats.default(ajv);

/** Most instants are written like this; all others are looked at in full, with leap years, leap seconds and time zones. */
const USUAL_INSTANT = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d+)?Z$/;
const isInstant = fullFormat('date-time');
ajv.addFormat('date-time', (text: string) => USUAL_INSTANT.test(text) || isInstant(text));

function fullFormat(name: FormatName): (text: string) => boolean {
  const format = addFormats.default.get(name);
  if (typeof format === 'object' && 'validate' in format && typeof format.validate === 'function') {
    return format.validate as (text: string) => boolean;
  }
  throw new Error(`There is no function for the format ${name}.`);
}

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
