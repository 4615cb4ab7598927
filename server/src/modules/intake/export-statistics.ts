import type { courtConsistency, courtStatistics } from "./court-statistics.ts";

type Cell = string | number | null;

/** The figures of a court as a workbook. */
export async function exportStatistics(
  title: string,
  statistics: Awaited<ReturnType<typeof courtStatistics>>,
  consistency: Awaited<ReturnType<typeof courtConsistency>>,
): Promise<Buffer> {
  // Loaded when a sheet is asked for: nothing else takes so long at the start.
  const { Workbook } = (await import("exceljs")).default;
  const book = new Workbook();
  const sheet = (name: string, head: readonly string[], rows: readonly (readonly Cell[])[]) => {
    const made = book.addWorksheet(name);
    made.addRow(head.map(safeText)).font = { bold: true };
    for (const row of rows) made.addRow(row.map((cell) => (typeof cell === "string" ? safeText(cell) : cell)));
    for (const column of made.columns) column.width = 16;
    made.views = [{ state: "frozen", ySplit: 1 }];
  };
  const { totals } = statistics;
  sheet(
    "概况",
    ["项目", "数值"],
    [
      ["法院", title],
      ["起", statistics.from],
      ["止", statistics.until],
      ["收到", totals.received],
      ["立案", totals.accepted],
      ["退回补正", totals.returned],
      ["不予受理", totals.refused],
      ["移送", totals.transferred],
      ["转诉前调解", totals.mediated],
      ["超期决定", totals.late],
      ["一次通过率", totals.firstPass],
      ["平均轮次", totals.meanRounds],
      ["决定用时中位数（小时）", totals.medianHours],
      ["决定用时九成位（小时）", totals.p90Hours],
    ],
  );
  const head = ["收到", "办结", "立案", "退回补正", "不予受理", "移送", "转调解", "一次通过率"];
  type Summed = (typeof statistics.periods)[number];
  const figures = (row: Omit<Summed, "begins">): Cell[] => [
    row.received,
    row.decided,
    row.accepted,
    row.returned,
    row.refused,
    row.transferred,
    row.mediated,
    row.firstPass,
  ];
  sheet(
    "分期",
    ["起始日", ...head],
    statistics.periods.map((row) => [row.begins, ...figures(row)]),
  );
  sheet(
    "案由",
    ["案由", ...head],
    statistics.causes.map((row) => [row.cause.name, ...figures(row)]),
  );
  sheet(
    "一致性",
    ["事项", "立案人员", "件数", "办结数", "比率", "其他人员比率", "标准差", "标记"],
    consistency.measures.flatMap(({ label, clerks }) =>
      clerks.map(({ clerk, done, of, rate, othersRate, z, flagged }): Cell[] => [
        label,
        clerk.name,
        done,
        of,
        rate,
        othersRate,
        z,
        flagged ? "需复核" : "",
      ]),
    ),
  );
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** Text that a spreadsheet would take for a formula, also after a way through CSV, is marked as text. */
export const safeText = (text: string): string => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);
