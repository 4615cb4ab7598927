import fc from "fast-check";

/** A schema of the OpenAPI document, as far as ours go. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly pattern?: string;
  readonly format?: string;
  readonly example?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

const NASTY = [
  "",
  " ",
  "null",
  "-0",
  "0",
  "\u0000",
  "\ud800",
  "张三",
  "𠮷",
  "鲁0102",
  "'\"\\",
  "../..",
  "%00",
  "__proto__",
  "1e999",
  "a".repeat(5000),
  "2026-02-30",
  "/parties/p1",
  "/parties",
  "/answers/x",
  "CIV2025:108(3)",
];
const wild = fc.oneof(
  fc.constantFrom<unknown>(...NASTY),
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 2 ** 53, -(2 ** 63), [], {}, [[]], { key: "p1" }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
);

/** Values that mostly fit the schema; here and there one that does not. */
export function fromSchema(
  schema: Schema,
  definitions: Readonly<Record<string, Schema>>,
  depth = 0,
): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: fitting(schema, definitions, depth), weight: 40 }, { arbitrary: wild, weight: 1 });
}

function fitting(schema: Schema, definitions: Readonly<Record<string, Schema>>, depth: number): fc.Arbitrary<unknown> {
  const inner = (of: Schema) => fromSchema(of, definitions, depth + 1);
  if (depth > 8) return wild;
  if (schema.$ref) return fitting(definitions[schema.$ref.split("/").at(-1) ?? ""] ?? {}, definitions, depth + 1);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => fitting(choice, definitions, depth + 1)));
  if (schema.allOf)
    return fc
      .tuple(...schema.allOf.map((part) => fitting(part, definitions, depth + 1)))
      .map((parts) => Object.assign({}, ...(parts as object[])) as unknown);
  const types = [schema.type ?? (schema.properties ? "object" : [])].flat();
  const arbitraries = types.map((type) => ofType(type, schema, inner));
  return arbitraries.length > 0 ? fc.oneof(...arbitraries) : wild;
}

function ofType(type: string, schema: Schema, inner: (of: Schema) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
    case "number":
      return fc.oneof(
        fc.integer({ min: Math.max(schema.minimum ?? 0, -1e9), max: Math.min(schema.maximum ?? 1e9, 1e9) }),
        fc.maxSafeInteger(),
      );
    case "array":
      return fc.array(inner(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 4, 4) });
    case "object": {
      const known = Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, of]) => [name, inner(of)]));
      const record = fc.record(known, { requiredKeys: [...(schema.required ?? [])].filter((name) => name in known) });
      if (typeof schema.additionalProperties !== "object") return record;
      return fc
        .tuple(
          record,
          fc.dictionary(
            fc.constantFrom("claims.1.1", "facts.1", "claim_amount", "x"),
            inner(schema.additionalProperties),
            { maxKeys: 3 },
          ),
        )
        .map(([a, b]) => ({ ...a, ...b }));
    }
    default:
      return fc.oneof(
        fc.constantFrom<unknown>(schema.example ?? "王芳", "2026-02-03", "11010519491231002X", "15000.50", "09"),
        matching(schema.pattern),
        fc.string({ maxLength: 12 }),
      );
  }
}

function matching(pattern: string | undefined): fc.Arbitrary<unknown> {
  try {
    return pattern
      ? fc.stringMatching(new RegExp(pattern, "u"), { maxLength: 40 })
      : fc.string({ unit: "grapheme", maxLength: 20 });
  } catch {
    return fc.string();
  }
}
