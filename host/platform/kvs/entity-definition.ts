import * as z from 'zod';

const Attribute = z.object({ type: z.enum(['string', 'integer', 'float', 'boolean', 'any']) });
// The names become paths inside SQL expressions, so nothing but the documented form may pass.
const attributeName = z
  .string()
  .regex(/^[_A-Za-z]\w*$/, 'is not a valid attribute name')
  .max(64);
const DeclaredIndex = z.union([
  attributeName,
  z.object({
    name: z.string(),
    partition: z.array(attributeName).optional(),
    range: z.array(attributeName).max(1).optional(),
  }),
]);
const DeclaredEntity = z.object({
  name: z.string(),
  attributes: z.record(attributeName, Attribute),
  indexes: z.array(DeclaredIndex).optional(),
});

export type AttributeType = z.infer<typeof Attribute>['type'];

export interface IndexDefinition {
  readonly name: string;
  readonly partition: readonly string[];
  /** At most one attribute; none means that the order is that of the keys. */
  readonly range: readonly string[];
}

/** A custom entity of the manifest with its indexes in their long form. */
export interface EntityDefinition {
  readonly name: string;
  readonly attributes: Readonly<Record<string, { readonly type: AttributeType }>>;
  readonly indexes: readonly IndexDefinition[];
}

/**
 * Reads `app.storage.entities` of a manifest; an index written as a bare attribute gets that name and that range.
 * @throws {Error} naming the entity and index that Forge could not build.
 */
export function toEntityDefinitions(entities: unknown): readonly EntityDefinition[] {
  const parsed = z.array(DeclaredEntity).safeParse(entities ?? []);
  if (!parsed.success) {
    throw new Error(
      `app.storage.entities of the manifest is not valid: ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data.map((entity) => {
    const indexes = (entity.indexes ?? []).map((index) =>
      typeof index === 'string'
        ? { name: index, partition: [], range: [index] }
        : { name: index.name, partition: index.partition ?? [], range: index.range ?? [] },
    );
    const definition = { name: entity.name, attributes: entity.attributes, indexes };
    for (const index of indexes) checkIndex(definition, index);
    return definition;
  });
}

function checkIndex(entity: EntityDefinition, index: IndexDefinition): void {
  for (const name of [...index.partition, ...index.range]) {
    const type = entity.attributes[name]?.type;
    if (type === undefined || type === 'any') {
      throw new Error(
        `Index "${index.name}" of entity "${entity.name}" uses attribute "${name}", which ` +
          (type === 'any' ? 'is of type any and cannot be indexed.' : 'is not declared.'),
      );
    }
  }
}
