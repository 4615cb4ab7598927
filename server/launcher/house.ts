import { stopBuilds } from "./builds.ts";
import { Stop, say, seconds } from "./say.ts";

interface Stoppable {
  stop(): Promise<void>;
}

/** Everything `npm start` has running, and how it ends: the database after all who use it. */
export class House {
  leaving = false;
  database: Stoppable | null = null;
  readonly #programs: Stoppable[] = [];

  keep(program: Stoppable): void {
    this.#programs.push(program);
  }

  async leave(code: number): Promise<void> {
    if (this.leaving) return;
    this.leaving = true;
    const start = performance.now();
    stopBuilds();
    if (this.#programs.length > 0 || this.database !== null) say("\n正在停止 / stopping …");
    await Promise.all(this.#programs.map((program) => program.stop()));
    await this.database?.stop();
    if (code === 0) say(`已停止 / stopped  (${seconds(start)})`);
    process.exit(code);
  }

  async leaveBecauseOf(error: unknown): Promise<void> {
    if (this.leaving) return;
    say(error instanceof Stop ? `\n${error.message}` : `\n未能启动 / could not start: ${(error as Error).stack}`);
    await this.leave(1);
  }
}
