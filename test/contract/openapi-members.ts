import { isRecord, type OpenApiDocument, type Schema } from './openapi-document';
import { findSubtypes } from './openapi-schema';

const schemaPrefix = '#/components/schemas/';

/**
 * Finds members of a value that the document does not name. The document allows them everywhere, because live answers
 * carry more than it lists; a stand-in must not invent any, so here they are told.
 */
export function createMemberCheck(document: OpenApiDocument) {
  const schemas = document.components.schemas ?? {};
  const subtypes = findSubtypes(document);

  /** The schema itself and everything it consists of. */
  function composition(schema: Schema): readonly Schema[] {
    if (typeof schema.$ref === 'string') {
      const target = schemas[schema.$ref.slice(schemaPrefix.length)];
      return isRecord(target) ? composition(target) : [];
    }
    const composed = [schema.allOf, schema.anyOf, schema.oneOf].flatMap((list) =>
      Array.isArray(list) ? (list as readonly Schema[]) : [],
    );
    return [schema, ...composed.flatMap(composition)];
  }

  /** What describes a value: the schema, or the one that the value's `type` names, if that extends it. */
  function partsOf(schema: Schema, value: unknown): readonly Schema[] {
    const type = isRecord(value) ? value.type : undefined;
    if (typeof type === 'string') {
      for (const reference of [schema, ...((schema.allOf ?? []) as readonly Schema[])]) {
        const name = String(reference.$ref).slice(schemaPrefix.length);
        if (subtypes.get(name)?.includes(type)) {
          return composition({ $ref: `${schemaPrefix}${type}` });
        }
      }
    }
    return composition(schema);
  }

  function find(value: unknown, parts: readonly Schema[], path: string): readonly string[] {
    if (Array.isArray(value)) {
      const items = parts.flatMap(({ items: schema }) => (isRecord(schema) ? [schema] : []));
      return value.flatMap((item: unknown) =>
        find(
          item,
          items.flatMap((schema) => partsOf(schema, item)),
          `${path}[]`,
        ),
      );
    }
    if (!isRecord(value)) return [];
    const described = parts.flatMap(({ properties }) => (isRecord(properties) ? [properties] : []));
    const named = new Set(described.flatMap((properties) => Object.keys(properties)));
    // An object without any named member is free-form by the document.
    if (named.size === 0) return [];
    return Object.entries(value).flatMap(([name, member]) => {
      const place = path === '' ? name : `${path}.${name}`;
      if (!named.has(name)) return [place];
      const memberParts = described.flatMap((properties) => {
        const schema = properties[name];
        return isRecord(schema) ? partsOf(schema, member) : [];
      });
      return find(member, memberParts, place);
    });
  }

  /** Paths such as `values[].links.extra`, each once. */
  return (schema: Schema, value: unknown): readonly string[] => [
    ...new Set(find(value, partsOf(schema, value), '')),
  ];
}
