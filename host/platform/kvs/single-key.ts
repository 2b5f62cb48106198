import * as z from 'zod';
import type { HostClock } from '../../clock';
import { bytesOf, describe, type KvsAnswer } from './answers';
import { KvsError, quoted } from './kvs-error';
import type { Meter } from './meter';
import { GetOptions, parseRequest, SetOptions, toExpiresAt } from './options';
import type { Slot } from './slot';
import { Unverified } from './unverified';

/** One key of one space, resolved and checked from the body of a request. */
export interface Target {
  readonly slot: Slot;
  readonly key: string;
  /** Checks a value of this space and gives its JSON text. @throws {KvsError} */
  toJson(value: unknown): string;
}

export interface SingleKeyOptions {
  readonly clock: HostClock;
  readonly meter: Meter;
}

const GetBody = z.object({ options: GetOptions });
const SetBody = z.object({ value: z.unknown().optional(), options: SetOptions });

/** @throws {KvsError} KEY_NOT_FOUND, the one code that the app's package turns into `undefined`. */
export function getKey({ meter }: SingleKeyOptions, target: Target, body: unknown): KvsAnswer {
  const { options } = parseRequest(GetBody, body);
  meter.admitRead([target.key]);
  const stored = target.slot.find(target.key);
  meter.countRead([{ key: target.key, bytes: stored ? bytesOf(stored.json) : 0 }]);
  if (!stored) throw keyNotFound(target.key);
  return { status: 200, body: describe(stored, options?.metadataFields) };
}

/** Empty answer, or the value that was asked for with `returnValue`. @throws {KvsError} when `FAIL_IF_EXISTS` meets a value. */
export function setKey(
  { clock, meter }: SingleKeyOptions,
  target: Target,
  body: unknown,
): KvsAnswer {
  const { value, options } = parseRequest(SetBody, body);
  const json = target.toJson(value);
  meter.admitWrite([{ key: target.key, bytes: bytesOf(json) }]);
  const previous = target.slot.find(target.key);
  if (previous && options?.keyPolicy === 'FAIL_IF_EXISTS') {
    throw new KvsError(Unverified.keyExists, `The key ${quoted(target.key)} exists already.`);
  }
  const latest = target.slot.put(target.key, json, toExpiresAt(options?.ttl, clock.now()));
  const wanted = { PREVIOUS: previous, LATEST: latest, NONE: undefined }[
    options?.returnValue ?? 'NONE'
  ];
  return wanted
    ? { status: 200, body: describe(wanted, options?.returnMetadataFields) }
    : { status: 200 };
}

/** Deleting what is not there is a success. */
export function deleteKey({ meter }: SingleKeyOptions, target: Target): KvsAnswer {
  meter.admitWrite([{ key: target.key, bytes: 0 }]);
  target.slot.remove(target.key);
  return { status: 204 };
}

export function keyNotFound(key: string): KvsError {
  return new KvsError(
    { status: 404, code: 'KEY_NOT_FOUND' },
    `There is no value under the key ${quoted(key)}.`,
  );
}
