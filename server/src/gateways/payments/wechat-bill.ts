import type { BillLine } from "./port.ts";

/** The columns that are read, by WeChat's own names; a bill without one of them is not read at all. */
const COLUMNS = [
  "交易时间",
  "公众账号ID",
  "商户号",
  "微信订单号",
  "商户订单号",
  "交易类型",
  "交易状态",
  "货币种类",
  "应结订单金额",
  "商户退款单号",
  "退款金额",
  "手续费",
  "订单金额",
  "申请退款金额",
] as const;
const SUMMARY = ["总交易单数", "应结订单总金额", "退款总金额", "手续费总金额", "订单总金额", "申请退款总金额"] as const;
type Row<K extends string> = Readonly<Record<K, string>>;

/** Hundred-thousandths of a yuan: WeChat prints its charge with up to five places. Exact, and never a float. */
const PLACES = 5;
const FEN = 1000n;

/**
 * Reads WeChat's bill of all trades: cells begin with a backtick and a comma parts them, the last line sums up. Throws
 * where a cell is not as agreed or the sums are not those of the lines. Lines of the merchant's other applications are
 * summed and then left out.
 */
export function readBill(text: string, of: { mchId: string; appId: string }): BillLine[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  while (lines.at(-1) === "") lines.pop();
  const [names = "", ...rest] = lines;
  if (rest.length < 2) throw new Error("a bill without a summary");
  const [sumNames = "", sumCells = ""] = rest.splice(-2);
  const rows = rest.map((line) => rowOf(names, line, COLUMNS));
  checkSums(rows, rowOf(sumNames, sumCells, SUMMARY));
  for (const row of rows) if (row.商户号 !== of.mchId) throw new Error("a bill of another merchant");
  return rows.filter((row) => row.公众账号ID === of.appId).map(lineOf);
}

function checkSums(rows: readonly Row<(typeof COLUMNS)[number]>[], told: Row<(typeof SUMMARY)[number]>): void {
  if (told.总交易单数 !== String(rows.length)) throw new Error("the bill counts other lines than it has");
  for (const [column, sum] of [
    ["应结订单金额", "应结订单总金额"],
    ["退款金额", "退款总金额"],
    ["手续费", "手续费总金额"],
    ["订单金额", "订单总金额"],
    ["申请退款金额", "申请退款总金额"],
  ] as const) {
    const added = rows.reduce((total, row) => total + yuan(row[column]), 0n);
    // The charge is summed up to the fen.
    const exact = column === "手续费" ? rounded(added) === rounded(yuan(told[sum])) : added === yuan(told[sum]);
    if (!exact) throw new Error(`the bill's ${sum} is not the sum of its lines`);
  }
}

function lineOf(row: Row<(typeof COLUMNS)[number]>): BillLine {
  const isRefund = row.交易状态 === "REFUND";
  if (!isRefund && row.交易状态 !== "SUCCESS") throw new Error("a line of the bill is neither payment nor refund");
  if (row.货币种类 !== "CNY") throw new Error("a line of the bill is in foreign money");
  if (!row.商户订单号 || !row.微信订单号) throw new Error("a line of the bill has no number");
  const refundNumber = row.商户退款单号;
  if (isRefund && !/^[^0]|^0./.test(refundNumber)) throw new Error("a refund of the bill has no number");
  return {
    kind: isRefund ? "refund" : "payment",
    orderNumber: row.商户订单号,
    transactionNumber: row.微信订单号,
    refundNumber: isRefund ? refundNumber : null,
    amountFen: isRefund ? 0 : fen(row.订单金额),
    refundFen: isRefund ? fen(row.申请退款金额) : 0,
    at: momentOf(row.交易时间),
    tradeType: row.交易类型,
    chargeFen: Number(rounded(yuan(row.手续费))),
  };
}

function rowOf<K extends string>(names: string, line: string, wanted: readonly K[]): Row<K> {
  const columns = names.split(",");
  if (!line.startsWith("`")) throw new Error("a line of the bill does not begin as lines do");
  const cells = line.slice(1).split(",`");
  if (cells.length !== columns.length) throw new Error("a line of the bill has other cells than the bill has columns");
  const row = new Map(columns.map((name, place) => [name.trim(), (cells[place] ?? "").trim()]));
  const picked = wanted.map((name): [K, string] => {
    const cell = row.get(name);
    if (cell === undefined) throw new Error(`the bill has no column ${name}`);
    return [name, cell];
  });
  return Object.fromEntries(picked) as Row<K>;
}

function yuan(cell: string): bigint {
  const [, sign, whole = "", part = ""] = /^(-?)(\d{1,12})(?:\.(\d{1,5}))?$/.exec(cell) ?? [];
  if (sign === undefined) throw new Error("an amount of the bill is none");
  const value = BigInt(whole + part.padEnd(PLACES, "0"));
  return sign ? -value : value;
}

function fen(cell: string): number {
  const value = yuan(cell);
  if (value % FEN !== 0n || value < 0n) throw new Error("an amount of the bill is not of whole fen");
  return Number(value / FEN);
}

/** To the fen, half away from zero. */
const rounded = (value: bigint): bigint => (value < 0n ? -rounded(-value) : (value + FEN / 2n) / FEN);

function momentOf(cell: string): Date {
  const at = new Date(`${cell.replace(" ", "T")}+08:00`);
  const told = Number.isNaN(at.getTime()) ? "" : new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19);
  if (told !== cell.replace(" ", "T")) throw new Error("a time of the bill is none");
  return at;
}
