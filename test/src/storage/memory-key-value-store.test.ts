import { describeKeyValueStore } from '../../support/app/key-value-store-suite';
import { createMemoryKeyValueStore } from '../../support/app/memory-key-value-store';

describeKeyValueStore('the store in memory', () => Promise.resolve(createMemoryKeyValueStore()));
