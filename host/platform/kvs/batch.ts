import * as z from 'zod';
import type { HostClock } from '../../clock';
import { bytesOf, describe, type KvsAnswer } from './answers';
import { checkItems, checkRequestBytes, ItemAddress } from './items';
import { KvsError } from './kvs-error';
import type { Meter } from './meter';
import { GetOptions, ItemSetOptions, parseRequest, toExpiresAt } from './options';
import { keyNotFound, type Target } from './single-key';

const Items = z.array(ItemAddress.loose());
const SetItem = z.object({ value: z.unknown().optional(), options: ItemSetOptions });
const GetItem = z.object({ options: GetOptions });

export interface BatchOptions {
  readonly clock: HostClock;
  readonly meter: Meter;
  readonly toTarget: (address: ItemAddress) => Target;
}

/** Sets each item by itself: one that is not valid fails alone. */
export function setBatch({ clock, meter, toTarget }: BatchOptions, body: unknown): KvsAnswer {
  const items = parseItems(body);
  const { done, failedKeys } = each(items, (item) => {
    const { value, options } = parseRequest(SetItem, item);
    const target = toTarget(item);
    return { target, json: target.toJson(value), options };
  });
  const accesses = done.map(({ result }) => ({
    key: result.target.key,
    bytes: bytesOf(result.json),
  }));
  checkRequestBytes(
    'batch',
    accesses.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  if (accesses.length > 0) meter.admitWrite(accesses);
  for (const { result } of done) {
    const { target, json, options } = result;
    target.slot.put(target.key, json, toExpiresAt(options?.ttl, clock.now()));
  }
  return answer(
    done.map(({ item }) => addressOf(item)),
    failedKeys,
  );
}

/** A key without a value fails with KEY_NOT_FOUND; the others are given. */
export function getBatch({ meter, toTarget }: BatchOptions, body: unknown): KvsAnswer {
  const items = parseItems(body);
  meter.admitRead(items.map(({ key }) => key));
  const { done, failedKeys } = each(items, (item) => {
    const { options } = parseRequest(GetItem, item);
    const target = toTarget(item);
    const stored = target.slot.find(target.key);
    if (!stored) throw keyNotFound(target.key);
    return { stored, fields: options?.metadataFields };
  });
  meter.countRead(
    done.map(({ result }) => ({ key: result.stored.key, bytes: bytesOf(result.stored.json) })),
  );
  return answer(
    done.map(({ item, result }) => ({
      ...addressOf(item),
      ...describe(result.stored, result.fields),
    })),
    failedKeys,
  );
}

/** Deleting what is not there is a success. */
export function deleteBatch({ meter, toTarget }: BatchOptions, body: unknown): KvsAnswer {
  const items = parseItems(body);
  const { done, failedKeys } = each(items, toTarget);
  if (done.length > 0) meter.admitWrite(done.map(({ result }) => ({ key: result.key, bytes: 0 })));
  for (const { result } of done) result.slot.remove(result.key);
  return answer(
    done.map(({ item }) => addressOf(item)),
    failedKeys,
  );
}

type Item = z.infer<typeof Items>[number];

function parseItems(body: unknown): readonly Item[] {
  const items = parseRequest(Items, body);
  checkItems('batch', items);
  return items;
}

function each<T>(items: readonly Item[], work: (item: Item) => T) {
  const done: { readonly item: Item; readonly result: T }[] = [];
  const failedKeys: unknown[] = [];
  for (const item of items) {
    try {
      done.push({ item, result: work(item) });
    } catch (error) {
      if (!(error instanceof KvsError)) throw error;
      const { code, message } = error;
      failedKeys.push({ ...addressOf(item), error: { code, message } });
    }
  }
  return { done, failedKeys };
}

function answer(successfulKeys: readonly unknown[], failedKeys: readonly unknown[]): KvsAnswer {
  return { status: 200, body: { successfulKeys, failedKeys } };
}

function addressOf({ key, entityName }: Item): ItemAddress {
  return { key, ...(entityName !== undefined && { entityName }) };
}
