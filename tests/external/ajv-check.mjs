// Compiles schemas, and validates instances, with Ajv. Reads one JSON object a line, {"schema": …, "instances": […]},
// and answers each with one line: {"valid": [true, …]} or {"error": "…"}.
import { createInterface } from 'node:readline';
import { Ajv2020 } from 'ajv/dist/2020.js';

// One instance for all schemas: its start costs more than most of them.
const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false });

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  console.log(JSON.stringify(answer(line)));
}

function answer(line) {
  const { schema, instances } = JSON.parse(line);
  try {
    const validate = ajv.compile(schema);
    return { valid: (instances ?? []).map((instance) => validate(instance)) };
  } catch (error) {
    return { error: String(error?.message ?? error) };
  } finally {
    ajv.removeSchema(schema);
  }
}
