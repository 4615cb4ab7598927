import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { type ComplaintPaper, renderDocx, renderPdf } from "#modules/document/index.ts";

/** `node --conditions=source --import tsx server/bench/papers.ts`: what a paper costs, and how long other requests wait. */
const ROUNDS = 40;
const courtName = "山东省济南市历下区人民法院";
const complaint: ComplaintPaper = {
  formId: "09",
  causeName: "民间借贷纠纷",
  courtName,
  receiptNumber: "收鲁0102-20261122-00017",
  masked: false,
  parties: [],
  claims: [{ text: "判令被告归还借款本金50000元", amountFen: 5_000_000 }],
  amountFen: 5_000_000,
  facts: "被告于二〇二五年三月五日向原告借款，至今未还。".repeat(220),
  answers: {},
  service: { recipient: "", phone: "", postalCode: "", address: "", email: "", electronic: null, channels: [] },
  mediation: { understood: null, wish: null },
  evidence: [],
  signature: { picture: null, signedOn: null },
};
const text = `原告：\n${"本院收到起诉材料，经审查，符合法律规定的起诉条件，决定立案。".repeat(10)}\n\n${courtName}\n2026年11月22日`;
const papers = {
  "受理通知书 PDF": () => renderPdf("court-paper", { courtName, title: "受理案件通知书", number: null, text }),
  "起诉状 5,000 字 PDF": () => renderPdf("complaint", complaint),
  "起诉状 5,000 字 DOCX": () => renderDocx("complaint", complaint),
};
for (const [name, make] of Object.entries(papers)) {
  const began = performance.now();
  await make();
  const first = performance.now() - began;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await make();
    times.push(performance.now() - start);
  }
  delay.disable();
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(share * (ROUNDS - 1))] as number).toFixed(1);
  const waits = `event loop p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, max ${(delay.max / 1e6).toFixed(1)} ms`;
  console.log(`${name}: first ${first.toFixed(0)} ms, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; ${waits}`);
}
