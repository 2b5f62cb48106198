import * as z from 'zod';
import type { HostClock } from '../../clock';
import { bytesOf, type KvsAnswer } from './answers';
import { toPredicate } from './conditions';
import { isEntityValue, type Entities } from './entities';
import { checkItems, checkRequestBytes, ItemAddress } from './items';
import { KvsError, quoted } from './kvs-error';
import type { Meter } from './meter';
import { ItemSetOptions, parseRequest, toExpiresAt } from './options';
import type { Records } from './records';
import type { Target } from './single-key';
import { Unverified } from './unverified';

const Conditional = ItemAddress.extend({ conditions: z.unknown().optional() });
const TransactionBody = z.strictObject({
  set: z
    .array(Conditional.extend({ value: z.unknown().optional(), options: ItemSetOptions }))
    .optional(),
  delete: z.array(Conditional).optional(),
  check: z.array(Conditional).optional(),
});

export interface TransactionOptions {
  readonly clock: HostClock;
  readonly meter: Meter;
  readonly entities: Entities;
  readonly records: Records;
  readonly toTarget: (address: ItemAddress) => Target;
}

/**
 * Does everything or nothing: conditions are read and values written in one SQL transaction.
 * @throws {KvsError} when an item is not valid or a condition does not hold; then nothing is written.
 */
export function runTransaction(options: TransactionOptions, body: unknown): KvsAnswer {
  const { clock, meter, entities, records, toTarget } = options;
  const { set = [], delete: deletions = [], check = [] } = parseRequest(TransactionBody, body);
  checkItems('transaction', [...set, ...deletions, ...check]);

  const guards = [...set, ...deletions].filter(({ conditions }) => conditions !== undefined);
  const tests = [...guards, ...check].map((item) => {
    if (item.entityName === undefined) {
      throw new KvsError(
        Unverified.invalidRequest,
        `The key ${quoted(item.key)} has conditions; only entities can have them.`,
      );
    }
    return {
      target: toTarget(item),
      holds: toPredicate(entities.get(item.entityName), item.conditions),
    };
  });
  const writes = set.map((item) => {
    const target = toTarget(item);
    return {
      target,
      json: target.toJson(item.value),
      expiresAt: toExpiresAt(item.options?.ttl, clock.now()),
    };
  });
  const removals = deletions.map((item) => toTarget(item));
  const accesses = [
    ...writes.map(({ target, json }) => ({ key: target.key, bytes: bytesOf(json) })),
    ...removals.map(({ key }) => ({ key, bytes: 0 })),
  ];
  checkRequestBytes(
    'transaction',
    accesses.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  meter.admitWrite(accesses);

  records.atomically(() => {
    for (const { target, holds } of tests) {
      const stored = target.slot.find(target.key);
      const value: unknown = stored && JSON.parse(stored.json);
      if (!holds(isEntityValue(value) ? value : undefined)) {
        throw new KvsError(
          Unverified.conditionFailed,
          `The conditions for the key ${quoted(target.key)} do not hold; nothing was written.`,
        );
      }
    }
    for (const { target, json, expiresAt } of writes) target.slot.put(target.key, json, expiresAt);
    for (const target of removals) target.slot.remove(target.key);
  });
  return { status: 204 };
}
