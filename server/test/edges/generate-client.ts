import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import openapiTypescript, { astToString } from "openapi-typescript";
import { pino } from "pino";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { openHouse } from "../../src/house.ts";
import { printOpenApi } from "../../src/http/openapi.ts";

/** The types of every path, for `openapi-fetch` and other typed clients. */
export async function generateClient(document: object): Promise<string> {
  const nodes = await openapiTypescript(JSON.stringify(document), { alphabetize: true });
  return `// Printed from the OpenAPI document by \`npm run types:clients\`; not edited by hand.\n${astToString(nodes)}`;
}

/** The document without a server or a database: nothing is connected until it is asked. */
async function documentOfSources(): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), "sutong-types-"));
  const config = readConfig({ SUTONG_MODE: "test", DATABASE_URL: "mysql://nobody@127.0.0.1:1/none", DATA_DIR: folder });
  const house = openHouse(config, pino({ level: "silent" }));
  try {
    const { routes, access } = createApp(house.options);
    return printOpenApi(routes, access, "0");
  } finally {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `npm run types:clients [-- file …]`: without files, the types this folder's own test is compiled with. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const own = fileURLToPath(new URL("./api/schema.d.ts", import.meta.url));
  const text = await generateClient(await documentOfSources());
  for (const file of process.argv.length > 2 ? process.argv.slice(2) : [own]) writeFileSync(file, text);
  process.exit(0);
}
