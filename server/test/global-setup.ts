import type { TestProject } from "vitest/node";
import { startTestCluster, startTestServer } from "./mariadb.ts";

declare module "vitest" {
  export interface ProvidedContext {
    databaseUrl: string;
    databaseAppUrl: string;
  }
}

/**
 * One private MariaDB for the whole run. Tests read TEST_DATABASE_URL (the owner, who may make databases) and
 * TEST_DATABASE_APP_URL (the user the service runs as), or `inject("databaseUrl")`. A URL given from outside is used as it is.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env["TEST_DATABASE_URL"];
  if (given) {
    provide(project, given, process.env["TEST_DATABASE_APP_URL"] ?? given);
    return async () => {};
  }
  const server = await (process.env["ON_CLUSTER"] ? startTestCluster() : startTestServer());
  process.env["TEST_DATABASE_URL"] = server.ownerUrl;
  process.env["TEST_DATABASE_APP_URL"] = server.appUrl;
  provide(project, server.ownerUrl, server.appUrl);
  return async () => {
    await server.stop();
    delete process.env["TEST_DATABASE_URL"];
    delete process.env["TEST_DATABASE_APP_URL"];
  };
}

function provide(project: TestProject, owner: string, app: string): void {
  project.provide("databaseUrl", owner);
  project.provide("databaseAppUrl", app);
}
