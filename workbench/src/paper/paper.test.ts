import { expect, test, vi } from "vitest";
import { emptyForm, missingInPaper, paperBody } from "./content.ts";
import { type Scan, type ScanMeans, sendScan } from "./scan.ts";

test("a paper filing wants a day and one name on each side, and sends what was written", () => {
  const form = emptyForm("2026-11-22");
  expect(missingInPaper(form, "2026-11-22")).toContain("原告");
  form.parties[0]!.name = " 王芳 ";
  expect(missingInPaper(form, "2026-11-22")).toContain("被告");
  form.parties[1]!.name = "李强";
  expect(missingInPaper({ ...form, receivedOn: "2026-11-23" }, "2026-11-22")).toContain("不能晚于今天");
  expect(missingInPaper(form, "2026-11-22")).toBe("");
  form.claims = "归还借款 1 万元\n\n承担诉讼费";
  const body = paperBody(form) as { content: { parties: { name: string }[]; claims: { text: string }[] } };
  expect(body.content.parties.map(({ name }) => name)).toEqual(["王芳", "李强"]);
  expect(body.content.claims.map(({ text }) => text)).toEqual(["归还借款 1 万元", "承担诉讼费"]);
  expect(body).not.toHaveProperty("sheets");
});

const scan = (): Scan => ({
  id: "1",
  file: new File([new Uint8Array(10)], "起诉状.pdf", { type: "application/pdf" }),
  kind: "complaint",
  state: "waiting",
  sent: 0,
  problem: "",
  sha256: null,
  materialId: null,
  key: "k",
});
const part = (number: number, offset: number, bytes: number, received: boolean) => ({
  number,
  offset,
  bytes,
  url: `/p${number}`,
  headers: {},
  received,
});
function means(part: Partial<ScanMeans> = {}): ScanMeans {
  return {
    hash: async () => "h",
    order: async () =>
      ({ material: { id: "9" }, upload: { method: "PUT", url: "/whole", headers: { A: "b" } } }) as never,
    put: vi.fn(async () => 200),
    complete: vi.fn(async () => ({ id: "9" }) as never),
    ...part,
  };
}

test("parts that are there already are not sent again", async () => {
  const put = vi.fn(async () => 200);
  const parts = [part(1, 0, 6, true), part(2, 6, 4, false)];
  const one = scan();
  await sendScan(
    one,
    means({ put, order: async () => ({ material: { id: "9" }, upload: { method: "PUT", parts } }) as never }),
  );
  expect(put.mock.calls.map(([url]: unknown[]) => url)).toEqual(["/p2"]);
  expect(one).toMatchObject({ state: "done", sent: 10 });
});

test("bytes that did not come, and a file that is not taken, are said in words and never as done", async () => {
  const complete = vi.fn(async () => ({ id: "9" }) as never);
  const lost = scan();
  await expect(sendScan(lost, means({ put: async () => 0, complete }))).rejects.toThrow("网络中断");
  expect(complete).not.toHaveBeenCalled();
  const refused = scan();
  const no = means({ complete: async () => ({ id: "9", refusedReason: "文件打不开，请重新扫描" }) as never });
  await expect(sendScan(refused, no)).rejects.toThrow("文件打不开");
  expect([lost.state, refused.state]).not.toContain("done");
});
