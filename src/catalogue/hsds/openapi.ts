import { z } from "zod";
import { pageTexts, parameterTexts, routeTexts } from "./docs-words.ts";
import { type ParameterName, parameters } from "./parameters.ts";
import { type RouteEntry, routeTable } from "./route-table.ts";
import * as shapes from "./shapes.ts";

const Fault = z
  .strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) })
  .meta({ id: "Fault", description: "Why there is no answer" });

function describeParameter(name: ParameterName) {
  return { name, in: "query", required: false, description: parameterTexts[name].en, schema: parameters[name].openapi };
}

const idParameter = { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } };

/** A JSON Schema whose named parts refer to the document's components. */
function schemaOf(shape: z.ZodType): object {
  const { $schema: _, $defs: __, ...schema } = z.toJSONSchema(shape);
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as object;
}

function components(): object {
  const all = [...Object.values(shapes), Fault].flatMap((shape) => {
    const { $defs = {}, $schema: _, ...own } = z.toJSONSchema(shape);
    const id = shape.meta()?.id;
    return [...Object.entries($defs), ...(id === undefined || "$ref" in own ? [] : [[id, own] as const])];
  });
  return JSON.parse(JSON.stringify(Object.fromEntries(all)).replaceAll('"#/$defs/', '"#/components/schemas/')) as object;
}

function answerOf(description: string, shape: z.ZodType) {
  return { description, content: { "application/json": { schema: schemaOf(shape) } } };
}

function describeRoute({ name, path, parameters: names, answer }: RouteEntry) {
  const single = path.includes("{id}");
  return {
    operationId: name,
    summary: routeTexts[name].en,
    parameters: [...(single ? [idParameter] : []), ...names.map(describeParameter)],
    responses: {
      "200": answerOf(routeTexts[name].en, answer),
      "304": { description: "Nothing has changed since the ETag of If-None-Match." },
      "400": answerOf("A parameter does not fit; the message says which.", Fault),
      ...(single ? { "404": answerOf("There is no such record, or it was withdrawn.", Fault) } : {}),
    },
  };
}

/** The API as an OpenAPI 3.1 document; `base` is the address of /hsds/v3. */
export function createOpenApi(base: string): object {
  return {
    openapi: "3.1.0",
    info: {
      title: "Stadtlotse: HSDS 3.1",
      version: "3.1",
      description: [pageTexts.lead.en, ...pageTexts.rules.en].join("\n\n"),
      license: { name: "The licence of each record's source, in its attributes" },
    },
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    servers: [{ url: base }],
    paths: Object.fromEntries(routeTable.map((route) => [route.path, { get: describeRoute(route) }])),
    components: { schemas: components() },
  };
}
