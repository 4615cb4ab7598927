import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Janus, startJanus } from "../launcher/janus.ts";
import { ROOT } from "../launcher/settings.ts";

export interface TestJanus extends Janus {
  stop(): Promise<void>;
}

/** A Janus of a test's own; throws where there is none to be had, so that no machine passes without one. */
export async function testJanus(): Promise<TestJanus> {
  const folder = mkdtempSync(join(tmpdir(), "sutong-janus-"));
  const janus = await startJanus({
    folder,
    programs: [join(ROOT, "var/janus/program")],
    logFile: join(folder, "janus.log"),
  });
  if (janus === null) throw new Error("no Janus: apt-get install janus");
  return {
    ...janus,
    async stop() {
      await janus.supervised.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
