import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineResource } from '../shared/vite-resource.mjs';

export default defineResource(dirname(fileURLToPath(import.meta.url)));
