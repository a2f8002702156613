// Compiles schemas, and validates instances, with Ajv. Reads one JSON object a line and answers each with one line:
// {"schema": …, "instances": […]} with {"valid": [true, …]} or {"error": "…"}, and schemas that share definitions,
// {"definitions": {NAME: …}, "schemas": […], "instances": [[…], …]}, with {"answers": [one such answer for each schema]}.
import { createInterface } from 'node:readline';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';
import { Ajv2020 } from 'ajv/dist/2020.js';

const prefix = '#/definitions/';

if (isMainThread) {
  // Ajv follows references by recursion, and real documents have chains of them that no process has the stack for. A thread
  // may have more; MiB, of which memory holds what is used. The stack is searched at each collection of the young objects.
  const worker = new Worker(new URL(import.meta.url), { resourceLimits: { stackSizeMb: 900, maxYoungGenerationSizeMb: 256 } });
  worker.on('message', (answer) => console.log(answer));
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    worker.postMessage(line);
  }
  worker.postMessage(null);
} else {
  // One instance for all schemas: its start costs more than most of them.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false });
  parentPort.on('message', (line) =>
    line === null ? parentPort.close() : parentPort.postMessage(JSON.stringify(answer(ajv, JSON.parse(line)))));
}

function answer(ajv, { schema, definitions, schemas, instances }) {
  if (!schemas) {
    return check(ajv, schema, instances);
  }
  const added = [];
  try {
    for (const [name, definition] of Object.entries(definitions)) {
      ajv.addSchema({ $id: urlOf(name), allOf: [pointed(definition)] });
      added.push(urlOf(name));
    }
    return { answers: schemas.map((each, index) => check(ajv, pointed(each), instances?.[index])) };
  } catch (error) {
    return { error: String(error?.message ?? error) };
  } finally {
    added.forEach((url) => ajv.removeSchema(url));
  }
}

function check(ajv, schema, instances) {
  try {
    const validate = ajv.compile(schema);
    return { valid: (instances ?? []).map((instance) => validate(instance)) };
  } catch (error) {
    return { error: String(error?.message ?? error) };
  } finally {
    // It keeps what it compiled, but for booleans.
    if (typeof schema === 'object') {
      ajv.removeSchema(schema);
    }
  }
}

// A definition with a URL of its own is compiled once; a part of a schema is compiled anew for each schema.
function pointed(value) {
  if (Array.isArray(value)) {
    return value.map(pointed);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) =>
    [key, key === '$ref' && typeof member === 'string' && member.startsWith(prefix) ? urlOf(nameOf(member)) : pointed(member)]));
}

function nameOf(reference) {
  return decodeURIComponent(reference.slice(prefix.length)).replaceAll('~1', '/').replaceAll('~0', '~');
}

function urlOf(name) {
  return `https://definitions.test/${encodeURIComponent(name)}`;
}
