/** What a Swagger 2.0 document says, as far as it is needed here. */
export interface SwaggerDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, SwaggerOperation>>>>;
  readonly definitions: Readonly<Record<string, unknown>>;
}

export interface SwaggerOperation {
  readonly parameters?: readonly SwaggerParameter[];
  readonly responses?: Readonly<Record<string, SwaggerResponse>>;
}

interface SwaggerParameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'body' | 'header';
  readonly required?: boolean;
  readonly schema?: unknown;
}

interface SwaggerResponse {
  readonly schema?: unknown;
  readonly 'x-amzn-api-sandbox'?: { readonly static?: readonly SandboxPair[] };
}

/** A request of the vendor's own sandbox, and what it is answered. */
export interface SandboxPair {
  readonly request?: { readonly parameters?: Readonly<Record<string, { readonly value?: unknown }>> };
  readonly response?: unknown;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/**
 * A Swagger 2.0 document in the words of OpenAPI 3.0: where schemas lie, where a body is described, and how. Lists in queries
 * are written with commas in both.
 */
export function openApiOfSwagger({ paths, definitions }: SwaggerDocument): unknown {
  const entries = Object.entries(paths).map(([path, operations]) => {
    const kept = Object.entries(operations).filter(([method]) => METHODS.includes(method));
    return [path, Object.fromEntries(kept.map(([method, operation]) => [method, operationOf(operation)]))];
  });
  return rewritten({ paths: Object.fromEntries(entries) as unknown, components: { schemas: merged(definitions) } });
}

interface ObjectSchema {
  readonly $ref?: string;
  readonly allOf?: readonly ObjectSchema[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

/** Objects that are put together from others become one, because each of the parts would be closed by itself. */
function merged(definitions: SwaggerDocument['definitions']): unknown {
  const whole = (schema: ObjectSchema): ObjectSchema => {
    if (schema.$ref !== undefined) return whole(definitions[schema.$ref.replace('#/definitions/', '')] ?? {});
    const { allOf, ...rest } = schema;
    if (!allOf) return schema;
    const parts = allOf.map(whole);
    return {
      type: 'object',
      ...rest,
      properties: Object.assign({}, ...parts.map(({ properties = {} }) => properties)) as ObjectSchema['properties'],
      required: parts.flatMap(({ required = [] }) => required),
    } as ObjectSchema;
  };
  return Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => {
      const isMade = (schema as ObjectSchema).allOf !== undefined;
      return [name, isMade ? whole(schema as ObjectSchema) : schema];
    }),
  );
}

function operationOf({ parameters = [], responses = {} }: SwaggerOperation): unknown {
  const body = parameters.find((parameter) => parameter.in === 'body');
  return {
    parameters: parameters.filter((parameter) => parameter.in !== 'body').map(parameterOf),
    ...(body && { requestBody: contentOf(body.schema) }),
    responses: Object.fromEntries(Object.entries(responses).map(([status, { schema }]) => [status, contentOf(schema)])),
  };
}

function parameterOf({ name, in: place, required, ...schema }: SwaggerParameter): unknown {
  return { name, in: place, ...(required === true && { required }), schema };
}

const contentOf = (schema: unknown) => (schema === undefined ? {} : { content: { 'application/json': { schema } } });

/** References lead elsewhere, and examples and how lists are written are no part of a schema. */
function rewritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewritten);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name, each]) => !isAnnotation(name, each));
  return Object.fromEntries(
    members.map(([name, each]) => [
      name,
      name === '$ref' && typeof each === 'string'
        ? each.replace('#/definitions/', '#/components/schemas/')
        : rewritten(each),
    ]),
  );
}

function isAnnotation(name: string, value: unknown): boolean {
  return name === 'example' || (name === 'collectionFormat' && typeof value === 'string');
}
