import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { isRecord, type OpenApiDocument, type Schema } from './openapi-document';

const rootId = 'https://contract.invalid/document';
const schemaPrefix = '#/components/schemas/';

function baseNames(schema: unknown): readonly string[] {
  if (!isRecord(schema) || !Array.isArray(schema.allOf)) return [];
  return schema.allOf.flatMap((part: unknown) =>
    isRecord(part) && typeof part.$ref === 'string' && part.$ref.startsWith(schemaPrefix)
      ? [part.$ref.slice(schemaPrefix.length)]
      : [],
  );
}

export type Subtypes = ReadonlyMap<string, readonly string[]>;

/** For each schema name, the names of the schemas that extend it through `allOf`, near and far. */
export function findSubtypes(document: OpenApiDocument): Subtypes {
  const schemas = document.components.schemas ?? {};
  const subtypes = new Map<string, string[]>();
  function visit(name: string, base: string) {
    const known = subtypes.get(base) ?? [];
    if (known.includes(name)) return;
    subtypes.set(base, [...known, name]);
    for (const further of baseNames(schemas[base])) visit(name, further);
  }
  for (const [name, schema] of Object.entries(schemas)) {
    for (const base of baseNames(schema)) visit(name, base);
  }
  return subtypes;
}

/** A reference, and with it the rule that an object whose `type` names an extending schema must fit that one too. */
function convertReference(reference: string, subtypes: Subtypes) {
  const absolute = { $ref: `${rootId}${reference}` };
  const extending = subtypes.get(reference.slice(schemaPrefix.length)) ?? [];
  if (extending.length === 0) return absolute;
  return {
    allOf: [
      absolute,
      ...extending.map((name) => ({
        if: { type: 'object', required: ['type'], properties: { type: { const: name } } },
        then: { $ref: `${rootId}${schemaPrefix}${name}` },
      })),
    ],
  };
}

/** From OpenAPI 3.0 to JSON Schema: `nullable` becomes a type of its own, `discriminator` the rule above. */
function convert(schema: unknown, subtypes: Subtypes): unknown {
  if (Array.isArray(schema)) return schema.map((part: unknown) => convert(part, subtypes));
  if (!isRecord(schema)) return schema;
  if (typeof schema.$ref === 'string') return convertReference(schema.$ref, subtypes);
  const converted = Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => keyword !== 'nullable' && keyword !== 'discriminator')
      .map(([keyword, value]) => [keyword, convertKeyword(keyword, value, subtypes)]),
  );
  return schema.nullable === true ? { anyOf: [{ type: 'null' }, converted] } : converted;
}

function convertKeyword(keyword: string, value: unknown, subtypes: Subtypes): unknown {
  if (keyword === 'enum' || keyword === 'required' || keyword === 'default') return value;
  if (keyword !== 'properties' || !isRecord(value)) return convert(value, subtypes);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, convert(member, subtypes)]),
  );
}

/** A named schema points at its own bases plainly: with the rule above it would lead back to itself. */
function convertNamed(schema: unknown, subtypes: Subtypes): unknown {
  if (!isRecord(schema) || !Array.isArray(schema.allOf)) return convert(schema, subtypes);
  const bases = schema.allOf.map((part: unknown) =>
    isRecord(part) && typeof part.$ref === 'string'
      ? { $ref: `${rootId}${part.$ref}` }
      : convert(part, subtypes),
  );
  return { ...(convert({ ...schema, allOf: [] }, subtypes) as object), allOf: bases };
}

function describe({ instancePath, message, params }: ErrorObject) {
  const details = Object.values(params as Record<string, unknown>).filter(
    (value) => typeof value === 'string' || Array.isArray(value),
  );
  const place = instancePath === '' ? 'the value' : instancePath;
  return `${place} ${message ?? 'does not fit'} (${details.join(', ')})`;
}

/** Answers what is wrong with a value by a schema of the document; empty when nothing is. */
export type CheckValue = (schema: Schema, value: unknown) => readonly string[];

export function createSchemaCheck(document: OpenApiDocument): CheckValue {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const subtypes = findSubtypes(document);
  const schemas = Object.fromEntries(
    Object.entries(document.components.schemas ?? {}).map(([name, schema]) => [
      name,
      convertNamed(schema, subtypes),
    ]),
  );
  ajv.addSchema({ components: { schemas } }, rootId);
  const compiled = new Map<Schema, ValidateFunction>();

  return (schema, value) => {
    const validate = compiled.get(schema) ?? ajv.compile(convert(schema, subtypes) as object);
    compiled.set(schema, validate);
    validate(value);
    return (validate.errors ?? []).map(describe);
  };
}
