import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { parseArgs } from "node:util";
import { SYSTEM } from "#core/actor.ts";
import { Clock } from "#core/clock.ts";
import { openDatabase } from "#core/database.ts";
import { databaseTls } from "#core/database-tls.ts";
import { transactor } from "#core/work.ts";
import { type ImportOutcome, importCourts, readRoster } from "#modules/court/index.ts";

const USAGE = `用法：npm run import-courts -- 文件.csv|文件.json [--dry-run] [--complete] [--source 名称] [--edition 版本]

  以官方法院代字表替换推得的法院名录；数据库取自环境变量 DATABASE_URL。
  --dry-run   只报告会怎样改，不写入
  --complete  文件是所涉省份的完整名册：其中没有的法院不再列出（不删除）
  --source    表的名称，缺省为文件名
  --edition   表的版本，缺省为当天日期

  CSV 首行为列名：法院代字,法院名称[,级别,上级法院代字,行政区划代码,地址,电话,网上立案]
  例：鲁0102,济南市历下区人民法院,基层,鲁01,370102,,,是`;

const LISTED = 20;

process.exitCode = await run();

/** 0 done, 1 refused (nothing was written), 2 wrong usage. */
async function run(): Promise<number> {
  const asked = readArguments();
  const [file = ""] = asked?.positionals ?? [];
  const format = extname(file).slice(1).toLowerCase();
  if (asked?.positionals.length !== 1 || (format !== "csv" && format !== "json")) return refuse([USAGE], 2);
  const url = process.env["DATABASE_URL"];
  if (!url) return refuse(["请先设置环境变量 DATABASE_URL（数据库地址）"], 2);
  const bytes = await readFile(file).catch(() => null);
  if (!bytes) return refuse([`无法读取文件 ${file}，请核对路径`], 2);

  const { rows, errors } = readRoster(bytes, format);
  if (errors.length > 0) return refuse([...errors, `共 ${errors.length} 处有误，未写入任何内容`], 1);
  const { values } = asked;
  const options = {
    source: (values.source ?? basename(file)).slice(0, 200),
    sourceVersion: (values.edition ?? new Date().toISOString().slice(0, 10)).slice(0, 40),
    complete: values.complete ?? false,
    dryRun: values["dry-run"] ?? false,
  };
  const database = openDatabase({ url, poolSize: 2, ...databaseTls(process.env["DATABASE_CA"]) });
  try {
    const outcome = await transactor(database, new Clock())(SYSTEM, (work) => importCourts(work, rows, options));
    if (outcome.errors.length > 0)
      return refuse([...outcome.errors, `共 ${outcome.errors.length} 处有误，未写入任何内容`], 1);
    report(outcome, options);
    return 0;
  } finally {
    await database.close();
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        "dry-run": { type: "boolean" },
        complete: { type: "boolean" },
        source: { type: "string" },
        edition: { type: "string" },
      },
    });
  } catch {
    return null;
  }
}

function refuse(lines: readonly string[], status: number): number {
  console.error(lines.join("\n"));
  return status;
}

function report(
  { added, changed, confirmed, kept, missing }: ImportOutcome,
  { complete, dryRun }: { complete: boolean; dryRun: boolean },
): void {
  const list = (title: string, lines: readonly string[]) => {
    console.log(`${title}：${lines.length}`);
    for (const line of lines.slice(0, LISTED)) console.log(`  ${line}`);
    if (lines.length > LISTED) console.log(`  ……另有 ${lines.length - LISTED} 家`);
  };
  list("新增", added);
  list("变更", changed);
  console.log(`核对无误（原为推得）：${confirmed.length}`);
  console.log(`未变：${kept.length}`);
  list(complete ? "文件中没有，不再列出" : "文件中没有，保持原样", missing);
  console.log(dryRun ? "试运行，未写入任何内容" : "已写入；各节点一分钟内更新");
}
