// Writes src/lib/api/schema.ts from the API's description (docs/api/openapi.json, or the file given).
// Small on purpose: it knows the parts of OpenAPI 3.1 that the server uses, and stops at anything else.
import { readFileSync, writeFileSync } from 'node:fs';

const source = process.argv[2] ?? new URL('../../../docs/api/openapi.json', import.meta.url);
const target = new URL('../src/lib/api/schema.ts', import.meta.url);
const api = JSON.parse(readFileSync(source, 'utf8'));
const schemas = api.components.schemas;

/** Names of schemas that can be reached from these places. */
function reach(places) {
  const found = new Set();
  const walk = (node) => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (node === null || typeof node !== 'object') return;
    if (typeof node.$ref === 'string') {
      const name = node.$ref.split('/').at(-1);
      if (!found.has(name)) {
        found.add(name);
        walk(schemas[name]);
      }
    }
    Object.values(node).forEach(walk);
  };
  places.forEach(walk);
  return found;
}
const operations = Object.values(api.paths).flatMap((path) => ['get', 'post', 'put', 'patch', 'delete'].map((m) => path[m]).filter(Boolean));
const answered = reach(operations.map((o) => o.responses));

const literal = (value) => (typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : JSON.stringify(value));

function type(schema, name) {
  if (typeof schema === 'boolean' || Object.keys(schema).length === 0) return 'unknown';
  if (schema.$ref) return schema.$ref.split('/').at(-1);
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return schema.enum.map(literal).join(' | ');
  if (schema.oneOf ?? schema.anyOf) return union((schema.oneOf ?? schema.anyOf).map((s) => type(s, name)));
  if (schema.allOf) return schema.allOf.map((s) => type(s, name)).join(' & ');
  if (Array.isArray(schema.type)) return union(schema.type.map((t) => type({ ...schema, type: t }, name)));
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array': {
      const inner = schema.items === undefined ? 'unknown' : type(schema.items, name);
      return /[|&]/.test(inner) ? `(${inner})[]` : `${inner}[]`;
    }
    case 'object':
      return object(schema, name);
    default:
      // Without a type anything is allowed: a description alone says nothing about the shape.
      return 'unknown';
  }
}

const union = (types) => [...new Set(types)].join(' | ');

function object(schema, name) {
  if (!schema.properties) {
    const inner = schema.additionalProperties;
    return `Record<string, ${inner && inner !== true ? type(inner, name) : 'unknown'}>`;
  }
  const required = new Set(schema.required ?? []);
  const lines = Object.entries(schema.properties).map(([key, value]) => {
    // The server writes every field of an answer, empty ones as null; only what is sent to it can leave some out.
    const optional = !required.has(key) && !answered.has(name);
    const comment = value.description ? `  /** ${value.description.replaceAll('\n', ' ').replaceAll('*/', '* /')} */\n` : '';
    return `${comment}  ${/^\w+$/.test(key) ? key : literal(key)}${optional ? '?' : ''}: ${type(value, name)};`;
  });
  return `{\n${lines.join('\n')}\n}`;
}

const parts = Object.entries(schemas)
  // Pages are one generic type in the console.
  .filter(([name]) => !name.startsWith('Page_'))
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, schema]) => {
    const comment = schema.description ? `/** ${schema.description.replaceAll('\n', ' ').replaceAll('*/', '* /')} */\n` : '';
    return `${comment}export type ${name} = ${type(schema, name)};`;
  });
const text = `// Made by \`npm run generate\` from the API's description. Do not edit.\n\n${parts.join('\n\n')}\n`;
writeFileSync(target, text);
process.stdout.write(`${parts.length} types written\n`);
