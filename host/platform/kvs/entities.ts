import type { AttributeType, EntityDefinition, IndexDefinition } from './entity-definition';
import { badRequest, quoted } from './kvs-error';
import { KvsLimits } from './limits';

export type EntityValue = Readonly<Record<string, unknown>>;

/** Name of the index that every entity has without declaring it. */
export const BY_KEY_INDEX = 'by-key';

export interface Entities {
  /** @throws {KvsError} INVALID_ENTITY_TYPE and its kin when the manifest does not declare it. */
  get(name: unknown): EntityDefinition;
  readonly all: readonly EntityDefinition[];
}

export function createEntities(all: readonly EntityDefinition[]): Entities {
  const byName = new Map(all.map((definition) => [definition.name, definition]));
  return {
    all,
    get(name) {
      if (typeof name !== 'string')
        throw badRequest('INVALID_ENTITY_TYPE', 'The entity name is not a string.');
      const definition = byName.get(name);
      if (definition) return definition;
      const message = `The entity ${quoted(name)} is not declared in app.storage.entities of the manifest.`;
      if (name.length < KvsLimits.entityNameCharactersMin)
        throw badRequest('ENTITY_TYPE_TOO_SHORT', message);
      if (name.length > KvsLimits.entityNameCharactersMax)
        throw badRequest('ENTITY_TYPE_TOO_LARGE', message);
      throw badRequest('INVALID_ENTITY_TYPE', message);
    },
  };
}

/** @throws {KvsError} INVALID_ENTITY_INDEX when the manifest does not declare the index. */
export function getIndex(entity: EntityDefinition, name: unknown): IndexDefinition {
  if (name === BY_KEY_INDEX) return { name: BY_KEY_INDEX, partition: [], range: [] };
  const index = entity.indexes.find((candidate) => candidate.name === name);
  if (!index) {
    throw badRequest(
      'INVALID_ENTITY_INDEX',
      `The entity "${entity.name}" has no index ${quoted(String(name))}; it has: ` +
        `${[BY_KEY_INDEX, ...entity.indexes.map((each) => each.name)].join(', ')}.`,
    );
  }
  return index;
}

/** The value itself when it fits its definition. @throws {KvsError} INVALID_ENTITY_VALUE naming the attribute. */
export function checkEntityValue(entity: EntityDefinition, value: unknown): EntityValue {
  if (!isEntityValue(value)) {
    throw badRequest(
      'INVALID_ENTITY_VALUE',
      `A value of entity "${entity.name}" must be an object.`,
    );
  }
  for (const [name, attribute] of Object.entries(value)) {
    const type = Object.hasOwn(entity.attributes, name) ? entity.attributes[name]?.type : undefined;
    if (type === undefined) {
      throw badRequest(
        'INVALID_ENTITY_VALUE',
        `The entity "${entity.name}" declares no attribute ${quoted(name)}.`,
      );
    }
    if (!isOfType(attribute, type)) {
      throw badRequest(
        'INVALID_ENTITY_VALUE',
        `The attribute "${name}" of entity "${entity.name}" must be of type ${type}` +
          (type === 'string' ? ' and not empty.' : '.'),
      );
    }
  }
  for (const index of entity.indexes) {
    checkIndexBytes(entity, value, index.partition, KvsLimits.partitionBytes);
    checkIndexBytes(entity, value, index.range, KvsLimits.rangeBytes);
  }
  return value;
}

/** Whether a scalar may stand in an attribute of this type. */
export function isOfType(value: unknown, type: AttributeType): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string' && value.length > 0;
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && (value | 0) === value;
    case 'float':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'any':
      return value !== null && value !== undefined;
    default:
      return type satisfies never;
  }
}

export function isEntityValue(value: unknown): value is EntityValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkIndexBytes(
  entity: EntityDefinition,
  value: EntityValue,
  attributes: readonly string[],
  maxBytes: number,
): void {
  const texts = attributes.map((name) => value[name]).filter((each) => typeof each === 'string');
  const bytes = Buffer.byteLength(texts.join(''));
  if (bytes > maxBytes) {
    throw badRequest(
      'INVALID_ENTITY_VALUE',
      `The indexed attributes ${attributes.join(', ')} of entity "${entity.name}" have ${bytes} bytes; ${maxBytes} are allowed.`,
    );
  }
}
